"""An invitation: one person asked once about one service."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    WAITING = "waiting"
    QUEUED = "queued"
    SENT = "sent"
    SUPPRESSED = "suppressed"


class Reason(StrEnum):
    """Why no e-mail goes out; MAIL_UNKNOWN alone stands beside `sent`: the mail service
    never said whether it took it."""

    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    THROTTLED = "throttled"
    EXPIRED = "expired"
    MAIL_REFUSED = "mail_refused"
    MAIL_UNKNOWN = "mail_unknown"


@dataclass(frozen=True)
class Ticket:
    source: str
    id: str
    subject: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Invitation:
    id: str
    survey: str
    person: str
    email: str
    name: str | None
    ticket: Ticket | None
    segments: tuple[str, ...]
    status: Status
    created_at: datetime
    expires_at: datetime
    key_id: str
    origin: str = "tap"
    reason: Reason | None = None
    due_at: datetime | None = None
    sent_at: datetime | None = None
    asked_day: str | None = None
    attempts: int = 0


@dataclass(frozen=True)
class Hook:
    """Where a help desk knocks; its invitations belong to `survey`."""

    source: str
    id: str
    survey: str
