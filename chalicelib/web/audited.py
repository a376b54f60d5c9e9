"""Notes each change of what is set up, beside the change: by whom, not what was said."""

from datetime import datetime
from typing import Final

from chalicelib import wiring
from chalicelib.api_keys.api_key import ApiKey, Scope
from chalicelib.audit import Change, ChangeStore
from chalicelib.failures import report_failure

OF_SET_UP: Final = frozenset(
    {
        Scope.SURVEYS_WRITE,
        Scope.KEYS_WRITE,
        Scope.HOOKS_WRITE,
        Scope.WEBHOOKS_WRITE,
        Scope.TEAMS_WRITE,
        Scope.MEMBERS_WRITE,
    }
)
READS: Final = ("GET", "HEAD")


def note_change(act: str, what: str, survey: str | None, key: ApiKey, now: datetime) -> None:
    """What was changed stays changed when this cannot be written, which rings."""
    try:
        ChangeStore(wiring.table()).add(Change(now, act, what, key.id, survey))
    except Exception as error:
        report_failure("note_change", error, key.id)
