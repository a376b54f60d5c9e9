"""A webhook: an address of somebody else that Heed calls when something happened."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace


class Kind(StrEnum):
    """What is sent, and how it is proved to come from here. Of SLACK and TEAMS the address itself
    is the secret."""

    STANDARD = "standard"
    SLACK = "slack"
    TEAMS = "teams"

    @property
    def has_secret_url(self) -> bool:
        return self is not Kind.STANDARD


class Off(StrEnum):
    """Why a webhook is not called. GONE: it answered 410. FAILED: for days it took nothing."""

    BY_KEY = "by_key"
    GONE = "gone"
    FAILED = "failed"


class Webhook(Struct, frozen=True):
    """`url` is None where it is a secret. `surveys` None: all of them. `team` is told when it
    fails. `generation` counts the changes of its secrets, so that a copy of them
    in memory is known to be old. `failing_since`: it has taken nothing since then.
    `paused_until`: it asked for a pause, or did not answer in time. `lang`
    is that of a chat channel's messages."""

    id: str
    name: str
    kind: Kind
    host: str
    events: frozenset[str]
    team: str
    created: datetime
    created_by: str
    url: str | None = None
    surveys: frozenset[str] | None = None
    off: Off | None = None
    generation: int = 0
    failing_since: datetime | None = None
    paused_until: datetime | None = None
    lang: str = "en"

    def wants(self, event: str, survey: str) -> bool:
        reached = self.surveys is None or survey in self.surveys
        return event in self.events and reached

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and now < self.paused_until

    def enabled(self) -> "Webhook":
        return replace(self, off=None, failing_since=None, paused_until=None)


MOST_SECRETS: Final = 2  # while one is replaced by another
FAILED_FOR: Final = timedelta(days=5)
# After so many days without success its owner is told, before it is called no more.
WARNED_AFTER: Final = (timedelta(days=1), timedelta(days=4))

Secrets = dict[str, Any]


class Confidential(Struct, frozen=True):
    """What is kept of a webhook in Secrets Manager. `secrets` sign, the newest first."""

    secrets: tuple[str, ...] = ()
    url: str | None = None

    def kept(self) -> Secrets:
        return {"secrets": list(self.secrets)} | ({"url": self.url} if self.url else {})


def confidential_of(kept: object) -> Confidential:
    """Nothing of what is not there or is something else."""
    found = kept if isinstance(kept, dict) else {}
    secrets = [one for one in found.get("secrets", []) if isinstance(one, str)]
    return Confidential(tuple(secrets[:MOST_SECRETS]), found.get("url"))
