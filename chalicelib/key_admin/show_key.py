"""A key as the API and the operator's commands show it: never with its secret or its hash."""

from datetime import datetime

from chalicelib import moments
from chalicelib.api_keys.api_key import ApiKey
from chalicelib.key_admin import schemas


def show_key(key: ApiKey) -> schemas.Key:
    return {
        "id": key.id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "surveys": sorted(key.surveys) if key.surveys is not None else None,
        "created_at": _text(key.created),
        "created_by": key.created_by,
        "expires_at": _text(key.expires),
        "last_used": key.last_used.isoformat() if key.last_used else None,
        "revoked_at": _text(key.revoked),
        "revoked_by": key.revoked_by,
    }


def _text(time: datetime | None) -> str | None:
    return moments.to_text(time) if time else None
