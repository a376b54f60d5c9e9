"""An invitation: one person asked once about one service."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """LINKED: its links went to whoever asked for them, and Heed mails nothing."""

    WAITING = "waiting"
    QUEUED = "queued"
    SENT = "sent"
    LINKED = "linked"
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
    NO_ADDRESS = "no_address"


class Ended(StrEnum):
    """How an invitation that was asked came to its end without an answer. An answer counts
    all the same, before or after. The values are fields of the tally."""

    REFUSED = "refused"
    BOUNCED = "bounced"


@dataclass(frozen=True)
class Ticket:
    source: str
    id: str
    subject: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Invitation:
    """`email` is empty when it was linked for a ticket whose person nobody named. `posture`
    is known from the sending on, as mail/posture.py reads it. `locale` is a BCP 47 tag."""

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
    posture: str = "unknown"
    locale: str | None = None
    attempts: int = 0
    ended: Ended | None = None

    @property
    def is_asked(self) -> bool:
        """Counted as asked: it was sent or linked, or somebody came before the mail room had
        written down that the mail is out."""
        return self.asked_day is not None
