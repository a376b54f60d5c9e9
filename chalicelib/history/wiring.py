"""What showing the history needs."""

from chalicelib import wiring
from chalicelib.api_keys.api_key import ApiKey
from chalicelib.audit import Change, ChangeStore


def changes() -> ChangeStore:
    return ChangeStore(wiring.table())


def reaches(key: ApiKey, change: Change) -> bool:
    """What is of no survey is for a key of all of them."""
    return key.surveys is None or (change.survey is not None and key.reaches(change.survey))
