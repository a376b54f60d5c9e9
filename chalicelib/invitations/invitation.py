"""An invitation: one person asked once about one service, and the states of its life.

An invitation begins as waiting, queued, suppressed or linked. Every later change is one of the
transitions below. An invitation that was asked may end in any status (docs/decisions/0013).
Reminders and follow-ups go through the same states.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace


class Status(StrEnum):
    """LINKED: its links went to whoever asked for them, and Heed mails nothing. UNKNOWN: two
    e-mails were given to the mail service, which never said whether it took one. CANCELLED: it
    waited, and its reason to ask went away; the person does not count as asked."""

    WAITING = "waiting"
    QUEUED = "queued"
    SENT = "sent"
    UNKNOWN = "unknown"
    LINKED = "linked"
    SUPPRESSED = "suppressed"
    CANCELLED = "cancelled"


class Transition(Struct, frozen=True):
    """`when` and `set` as a conditional write takes them."""

    before: Status
    after: Status

    @property
    def when(self) -> dict[str, Any]:
        return {"status": self.before.value}

    @property
    def set(self) -> dict[str, Any]:
        return {"status": self.after.value}


# Its time has come.
QUEUE: Final = Transition(Status.WAITING, Status.QUEUED)
# Only one run may send it: the claim and its counts change, the status does not.
CLAIM: Final = Transition(Status.QUEUED, Status.QUEUED)
SEND: Final = Transition(Status.QUEUED, Status.SENT)
# One e-mail went out, or two, or none, and no other try is worth the risk of a third.
GIVE_UP: Final = Transition(Status.QUEUED, Status.UNKNOWN)
# No e-mail goes out, and `reason` says why.
SUPPRESS: Final = Transition(Status.QUEUED, Status.SUPPRESSED)
# It waits for another try.
POSTPONE: Final = Transition(Status.QUEUED, Status.WAITING)

# While it waits, or in the queue before anybody claimed it. The write compares all as it was read.
CANCEL: Final = {"status": Status.CANCELLED.value}


def is_queued(item: Mapping[str, Any]) -> bool:
    """`item` is a stored invitation, reminder or follow-up."""
    return item.get("status") == Status.QUEUED


class Reason(StrEnum):
    """Why no e-mail goes out; MAIL_UNKNOWN alone stands beside `unknown`: the mail service
    never said whether it took it."""

    UNSUBSCRIBED = "unsubscribed"
    UNSUBSCRIBED_FROM_SURVEY = "unsubscribed_from_survey"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    THROTTLED = "throttled"
    EXPIRED = "expired"
    MAIL_REFUSED = "mail_refused"
    MAIL_UNKNOWN = "mail_unknown"
    NO_ADDRESS = "no_address"
    ERASED = "erased"
    BY_HAND = "by_hand"
    REOPENED = "reopened"


class Ended(StrEnum):
    """How an invitation that was asked came to its end without an answer. An answer counts
    all the same, before or after. The values are fields of the tally."""

    REFUSED = "refused"
    BOUNCED = "bounced"


class Ticket(Struct, frozen=True):
    source: str
    id: str
    subject: str | None = None
    url: str | None = None


class Invitation(Struct, frozen=True):
    """`email` is empty for links of a ticket that came without an address. `posture` is set
    when the mail is sent, as mail/posture.py reads it. `locale` is a BCP 47 tag. `person` is
    empty when it was erased or forgotten. `message` is the mail service's id of the e-mail.
    `changed_by` is the id of the API key that asked, `hook` that of the hook that told of its
    ticket. `places` are its groups in the box of a sealed survey, None of a named one: no number
    of a segment counts it then. `account` is that of the person when they were asked, and of a
    sealed survey never known. `sent_again_at`: when somebody had it sent once more."""

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
    message: str | None = None
    changed_by: str | None = None
    hook: str | None = None
    places: tuple[int, ...] | None = None
    account: str | None = None
    sent_again_at: datetime | None = None

    @property
    def is_erased(self) -> bool:
        """It holds nothing of the person any more."""
        return self.reason is Reason.ERASED and not self.person

    @property
    def is_asked(self) -> bool:
        """True when it was sent or linked. Also true when somebody opened the link before the
        sending was stored."""
        return self.asked_day is not None

    @property
    def has_gone_out(self) -> bool:
        """Also true when nobody knows: the invitation counts as asked, and an answer may come."""
        return self.status in (Status.SENT, Status.UNKNOWN, Status.LINKED)

    @property
    def is_to_be_sent(self) -> bool:
        return self.status in (Status.WAITING, Status.QUEUED)

    @property
    def asked_at(self) -> datetime:
        """When it went out; when it was made, as long as no sending is stored."""
        return self.sent_at or self.created_at

    def suppressed(self, reason: Reason) -> "Invitation":
        return replace(self, status=Status.SUPPRESSED, reason=reason, due_at=None)

    def erased(self) -> "Invitation":
        """What is left of it: a late duplicate of its trigger or of an answer finds this, and
        makes nothing."""
        return Invitation(
            id=self.id,
            survey=self.survey,
            person="",
            email="",
            name=None,
            ticket=None,
            segments=(),
            status=Status.SUPPRESSED,
            created_at=self.created_at,
            expires_at=self.expires_at,
            key_id=self.key_id,
            reason=Reason.ERASED,
        )
