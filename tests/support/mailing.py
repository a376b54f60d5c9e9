"""A mail service that keeps what it was given, and what sending needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.invitations.person_store import PersonStore
from chalicelib.mail.deliver import SendNeeds
from chalicelib.mail.letter import Sender
from chalicelib.mail.posture import Posture
from chalicelib.mail.store import OutboxStore
from chalicelib.responses.store import ResponseStore
from chalicelib.table import Table
from tests.support.samples import KEYS, SURVEY, last_shard

SENDER = Sender(
    "IT Help Desk <feedback@example.com>", "helpdesk@example.com", "https://heed.example.com", KEYS
)


@dataclass
class Sent:
    raw: bytes
    sender: str
    recipient: str
    tags: dict[str, str]


@dataclass
class FakeMailer:
    """`errors` are raised one by one, after taking the mail when `takes_it`."""

    sent: list[Sent] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    takes_it: bool = False
    name: str = "message"

    def send(self, raw: bytes, sender: str, recipient: str, tags: dict[str, str]) -> str:
        error = self.errors.pop(0) if self.errors else None
        if error is None or self.takes_it:
            self.sent.append(Sent(raw, sender, recipient, tags))
        if error:
            raise error
        return f"{self.name}-{len(self.sent)}"


def scanned(address: str, now: datetime) -> Posture:
    return Posture.SCANNED


def sending(
    table: Table, mailer: FakeMailer, posture: Callable[[str, datetime], Posture] = scanned
) -> SendNeeds:
    return SendNeeds(
        outbox=OutboxStore(table),
        person=PersonStore(table).get,
        survey=lambda survey_id: SURVEY,
        ballot_keys=lambda survey_id: None,
        response=ResponseStore(table).find,
        posture=posture,
        mailer=mailer,
        sender=lambda: SENDER,
        pause=lambda attempt: None,
        shard_of=last_shard(table),
    )
