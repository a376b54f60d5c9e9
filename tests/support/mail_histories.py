"""One mail through a faulty world: each call of the table or the mail service may fail, before it
is done or after it, the queue gives its message again, the tick queues what was put off, and an
operator redrives what was set aside."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

from msgspec.structs import replace

from chalicelib import keys
from chalicelib.errors import HeedError, MailNotTaken, OutcomeUnknown, Unavailable
from chalicelib.invitations.invitation import Status
from chalicelib.invitations.items import later_mail
from chalicelib.mail.send import FOLLOW_UP, INVITATION, REMINDER, MailKind, send
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.table import Item, Put
from tests.support.fakes import FakeTable
from tests.support.mailing import FakeMailer, sending
from tests.support.samples import NOW, recording, stored_invitation
from tests.support.table_faults import WRITES, Crash
from tests.support.ticks import release_due

VISIBLE_AGAIN = timedelta(minutes=6)
RECEIVES = 5  # fewer than the queue's own, so that histories are short
EXTRA = 5
FAULTS = ("fails before", "fails after", "crash before", "crash after", "not taken")


@dataclass(frozen=True)
class Fault:
    """`length` calls of the world fail from the call number `at` on."""

    at: int
    kind: str
    length: int = 1


@dataclass
class World:
    faults: tuple[Fault, ...]
    kind: MailKind = INVITATION
    table: FakeTable = field(default_factory=FakeTable)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    calls: int = 0
    messages: int = 1

    def __post_init__(self) -> None:
        self.id = stored_item(self.table, self.kind)
        # What it says is another test's: here it is only quick.
        self.kind = replace(self.kind, letter=lambda context, sender: b"words")
        self.needs = replace(sending(self.table, self.mailer), mailer=self)

    @property
    def item(self) -> Item:
        return self.table.items[self.kind.key(self.id)]

    @property
    def mails(self) -> int:
        return len(self.mailer.sent)

    def live(self, rounds: int = 400) -> None:
        """Until nothing is left to be sent, and a little longer."""
        now, left = NOW, EXTRA
        for number in range(rounds):
            left -= self.item["status"] in ("sent", "unknown")
            if not left:
                return
            self.messages += number % RECEIVES == 0 and number > 0  # a redrive, of whatever
            now += VISIBLE_AGAIN
            self.messages += release_due(self.table, now, lambda response: None)
            for _ in range(self.messages):
                with suppress(HeedError, Crash), self._faulty():
                    send(self.kind, self.id, now, self.needs)
                    self.messages -= 1

    def send(self, raw: bytes, sender: str, recipient: str, tags: dict[str, str]) -> str:
        kind = self._fault()
        if kind == "not taken":
            raise MailNotTaken(60)
        _fail(kind, "before")
        given = self.mailer.send(raw, sender, recipient, tags)
        _fail(kind, "after")
        return given

    @contextmanager
    def _faulty(self) -> Iterator[None]:
        kind: list[str] = []

        def before(operation: str) -> None:
            kind[:] = [self._fault()]
            if kind[0] != "not taken":
                _fail(kind[0], "before", operation)

        def after(operation: str) -> None:
            _fail(kind[0], "after", operation)

        self.table.before, self.table.after = before, after
        try:
            yield
        finally:
            self.table.before = self.table.after = lambda operation: None

    def _fault(self) -> str:
        self.calls += 1
        at = [one for one in self.faults if one.at <= self.calls < one.at + one.length]
        return at[0].kind if at else ""


def _fail(kind: str, when: str, operation: str = "write") -> None:
    if kind == f"crash {when}":
        raise Crash
    if kind == f"fails {when}":
        raise OutcomeUnknown if operation in WRITES else Unavailable


def stored_item(table: FakeTable, kind: MailKind) -> str:
    if kind is INVITATION:
        return stored_invitation(table, status=Status.QUEUED, sent_at=None, asked_day=None).id
    asked = stored_invitation(table)
    key = {REMINDER: keys.reminder, FOLLOW_UP: keys.follow_up}[kind](asked.id)
    later = later_mail(key, asked.id, asked.survey, NOW, NOW)
    table.write(Put({**later, "status": Status.QUEUED.value}))
    if kind is FOLLOW_UP:
        record_response(asked.id, Answer(2), new_operation(NOW), "UTC", NOW, recording(table))
    return asked.id
