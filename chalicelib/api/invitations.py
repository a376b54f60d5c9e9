"""Asking by API, and what an invitation looks like from outside."""

import hashlib
import json
import re
from datetime import datetime, timedelta
from typing import Any

from chalicelib import ids, keys, moments
from chalicelib.api.key import ApiKey
from chalicelib.api.tickets import show_ticket
from chalicelib.errors import Conflict, FieldError, IdempotencyKeyReused, Invalid
from chalicelib.intake.ask import Asking, Once, Request, ask
from chalicelib.intake.invitation import Invitation
from chalicelib.intake.store import DeliveryStore
from chalicelib.survey.definition import Survey

# As the draft of the header has it, in quotes, or bare.
IDEMPOTENCY_KEY = r'^(?:[!#-~]{1,255}|"[!#-~]{1,255}")$'
FURTHEST = timedelta(days=366)


def ask_by_api(
    survey: Survey,
    request: Request,
    body: dict[str, Any],
    idempotency_key: str | None,
    key: ApiKey,
    now: datetime,
    needs: Asking,
) -> Invitation:
    """With an Idempotency-Key the same request gives the same invitation for a week.
    Raises IdempotencyKeyReused when the key came with another request."""
    refuse_unknown_segments(survey, request)
    if request.send_at and request.send_at - now > FURTHEST:
        raise Conflict([FieldError("#/send_at", "send_at_too_late", "At most a year ahead.")])
    if idempotency_key is None:
        return ask(survey, request, ids.new_id(), now, needs)
    once = once_for(idempotency_key, [survey.id, body], key, needs.deliveries)
    return ask(survey, request, ids.derived_id("api", once.key.pk), now, needs, once)


def show(invitation: Invitation) -> dict[str, Any]:
    """Without the address: whoever may read it asked with it."""
    return {
        "id": invitation.id,
        "survey": invitation.survey,
        "status": invitation.status.value,
        "reason": invitation.reason.value if invitation.reason else None,
        "ended": invitation.ended.value if invitation.ended else None,
        "ticket": show_ticket(invitation.ticket),
        "segments": dict(one.split("=", 1) for one in invitation.segments),
        "locale": invitation.locale,
        "created_at": moments.to_text(invitation.created_at),
        "due_at": moments.to_text(invitation.due_at) if invitation.due_at else None,
        "sent_at": moments.to_text(invitation.sent_at) if invitation.sent_at else None,
        "expires_at": moments.to_text(invitation.expires_at),
    }


def bare_key(idempotency_key: str) -> str:
    """Raises Invalid."""
    given = idempotency_key.strip()
    if not re.fullmatch(IDEMPOTENCY_KEY, given):
        detail = "1 to 255 characters of ASCII without a space."
        raise Invalid([FieldError("Idempotency-Key", "idempotency_key_invalid", detail)])
    return given.strip('"')


def once_for(
    idempotency_key: str, request: list[Any], key: ApiKey, deliveries: DeliveryStore
) -> Once:
    """`request` is what must be the same when the key comes again, else it raises
    IdempotencyKeyReused."""
    bare = bare_key(idempotency_key)
    asked = json.dumps(request, sort_keys=True)
    once = Once(keys.idempotency(_sha256(f"{key.id}\x00{bare}")), {"request": _sha256(asked)})
    earlier = deliveries.find(once.key)
    if earlier and earlier["request"] != once.facts["request"]:
        raise IdempotencyKeyReused
    return once


def refuse_unknown_segments(survey: Survey, request: Request) -> None:
    unknown = [name for name in request.facts or {} if name not in survey.segments]
    if unknown:
        raise Conflict(
            [
                FieldError(
                    f"#/segments/{name}", "segment_unknown", "The survey has no such segment."
                )
                for name in unknown
            ]
        )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
