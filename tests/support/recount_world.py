"""A small table, and all that may happen to it between two calls of a recount."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache

from chalicelib import tally_keys
from chalicelib.errors import HeedError, OutcomeUnknown, Unavailable, WriteConflict
from chalicelib.invitations.invitation import Status
from chalicelib.invitations.token import Link
from chalicelib.mail.send import INVITATION, send
from chalicelib.people.erase_person import erase_person
from chalicelib.recount import KINDS
from chalicelib.responses.judge.facts import Act, Beacon, Client, Signal
from chalicelib.responses.judged import Terms, Words
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.responses.take_act import take_act
from chalicelib.responses.tap import TapNeeds, settle, take_beacon
from chalicelib.table import Item, Key, Page, Put, Query, Scan, Update, Write
from chalicelib.tally.cells import CellStore
from chalicelib.tally.findings import Report
from chalicelib.tally.recount import RecountNeeds, recount
from tests.support.erasing import erasing
from tests.support.fakes import FakeTable
from tests.support.mailing import FakeMailer, sending
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY, invitation, put_invitation, put_ledger, recording

# Late in the evening of a month's last day, so that days and months change on the way.
START = datetime(2026, 11, 30, 23, 58, tzinfo=UTC)
SEGMENTS: dict[str, tuple[str, ...]] = {
    "one": (),
    "two": ("group=A",),
    "three": ("group=A", "organization=B"),
}
Items = dict[Key, Item | None]
HOME, ROBOT = Client("home", "desktop"), Client("cloud", "library", robot=True)


class Crash(BaseException):
    """The process ends between two calls."""


class World:
    """`slips` is how often something happens before a call of the recount. `torn`: for some
    reads after a change, queries and scans still see some of it as it was; DynamoDB promises
    them no more than items that were committed."""

    def __init__(self, seed: int, slips: float, torn: bool = False) -> None:
        self.chance = random.Random(seed)
        self.slips, self.torn, self.left = slips, torn, 14
        self.table = FakeTable()
        self.table.scanned_at_once = 7
        self.table.items = dict(beginning())  # items are replaced, never changed in place
        self.now = START
        self.faults: list[str] = []
        self.late: list[Sequence[Write]] = []
        self.old: Items = {}
        self.reads_left = 0

    def recount(self, run: Callable[[RecountNeeds], Report] = recount) -> Report | None:
        """None when the process died."""
        needs = RecountNeeds(
            CellStore(Wire(self), KINDS),
            lambda: [SURVEY],
            repairs=True,
            pause=lambda attempt: None,
            rest=self.rest,
        )
        with suppress(Crash):
            return run(needs)
        return None

    def recount_quietly(self) -> None:
        self.left, self.faults, self.reads_left = 0, [], 0
        self.recount()

    def rest(self) -> None:
        """Is longer than a transaction is seen half done."""
        self.reads_left = 0

    def gap(self) -> None:
        """What happens between two calls of the recount."""
        while self.left and self.chance.random() < self.slips:
            self.left -= 1
            before = dict(self.table.items)
            with suppress(HeedError):
                self.chance.choice(self.happenings())()
            if self.torn:
                self.tear(before)
        if self.chance.random() < 0.2:
            self.arrive()

    def arrive(self) -> None:
        """Repairs that were given up for lost are made after all."""
        while self.late:
            with suppress(HeedError):
                self.table.transact(self.late.pop())

    def happenings(self) -> list[Callable[[], object]]:
        often = [self.answer, self.answer, self.answer, self.page, self.tick]
        return [*often, self.erase, self.erase_person, self.mail, self.wait, self.other_recount]

    def answer(self) -> None:
        name = self.chance.choice(list(SEGMENTS))
        said = Answer(self.chance.choice((6, 9)), self.chance.choice((None, "", "slow")))
        self.now += timedelta(seconds=1)
        if self.chance.random() < 0.3:
            # So that it is counted on another shard, or opens more.
            refuse(self.table, self.chance.randint(1, 2))
        operation = new_operation(self.now)
        record_response(ids()[name], said, operation, "UTC", self.now, recording(self.table))

    def erase(self) -> None:
        name = self.chance.choice(list(SEGMENTS))
        operation = new_operation(self.now)
        erase_response(ids()[name], operation, self.now, recording(self.table))

    def erase_person(self) -> None:
        name = self.chance.choice([*SEGMENTS, "queued", "tapped"])
        erase_person(invitation(name).person, lambda: self.now, erasing(self.table))

    def mail(self) -> None:
        name = self.chance.choice(["queued", "delayed"])
        send(INVITATION, ids()[name], self.now, sending(self.table, FakeMailer(name=name)))

    def page(self) -> None:
        client = self.chance.choice([HOME, ROBOT])
        at, taking = self.now.timestamp(), TapNeeds(recording(self.table), Terms("UTC"))
        if self.chance.random() < 0.3:
            score, operation = self.chance.randrange(11), new_operation(self.now)
            act = Act(at, client, "v1", score, at - 5, operation, trusted=True)
            take_act(link(), act, Words("kind"), self.now, taking)
        beacon = Beacon(at, client, "v1", 9, self.chance.choice(list(Signal)))
        take_beacon(link(), beacon, self.now, taking)

    def tick(self) -> None:
        self.now += timedelta(minutes=11)
        settle(ids()["tapped"], self.now, TapNeeds(recording(self.table), Terms("UTC")))

    def wait(self) -> None:
        self.now += timedelta(hours=self.chance.randrange(30))

    def other_recount(self) -> None:
        if not self.torn:
            store = CellStore(self.table, KINDS)
            recount(RecountNeeds(store, lambda: [SURVEY], True, lambda _: None, lambda: None))

    def tear(self, before: Items) -> None:
        now = self.table.items
        changed = [key for key in now if now[key] is not before.get(key)]
        some = self.chance.sample(changed, self.chance.randint(0, len(changed)))
        self.old = {key: before.get(key) for key in some}
        self.reads_left = self.chance.randint(1, 60)

    def corrupt(self) -> None:
        for _ in range(self.chance.randint(1, 3)):
            kind = self.chance.randrange(4)
            key = self.chance.choice([key for key in self.table.items if is_count(key)])
            if kind == 0:
                self.table.items.pop(key)
            elif kind == 1:
                ghost = tally_keys.tally(SURVEY.id, "group=Ghost", "2026-11-30", 1)
                self.table.write(Update(ghost, add={"n": 1, "c3": 1, "version": 1}))
            else:
                counted = self.chance.choice(("n", "c9", "asked", "nc"))
                self.table.write(Update(key, add={counted: self.chance.choice((-1, 2))}))

    def wrong(self) -> set[tuple[str, str, str]]:
        items = self.table.items.values()
        stored, truth = tallied(items), recounted(items)
        cells = stored.keys() | truth.keys()
        return {cell for cell in cells if stored.get(cell) != truth.get(cell)}


class Wire(FakeTable):
    """The table as the recount reaches it."""

    def __init__(self, world: World) -> None:
        self.world = world

    def get(self, key: Key) -> Item | None:
        self.fail_or_go("unreadable", Unavailable)
        return self.world.table.get(key)

    def query(self, query: Query) -> Page:
        self.fail_or_go("unreadable", Unavailable)
        return self.seen(lambda: self.world.table.query(query))

    def scan(self, scan: Scan) -> Page:
        self.fail_or_go("unreadable", Unavailable)
        return self.seen(lambda: self.world.table.scan(scan))

    def transact(self, writes: Sequence[Write]) -> None:
        fault = self.fail_or_go("conflict", WriteConflict)
        if fault == "late":
            self.world.late.append(writes)
            raise OutcomeUnknown
        self.world.table.transact(writes)
        if fault == "lost":
            raise OutcomeUnknown
        if fault == "crash after":
            raise Crash

    def fail_or_go(self, name: str, error: type[HeedError]) -> str | None:
        self.world.gap()
        fault = self.world.chance.choice(self.world.faults) if self.world.faults else None
        if fault == "crash before":
            raise Crash
        if fault == name:
            raise error
        return fault

    def seen(self, read: Callable[[], Page]) -> Page:
        table, items = self.world.table, self.world.table.items
        if self.world.reads_left:
            self.world.reads_left -= 1
            shown = {**items, **self.world.old}
            table.items = {key: item for key, item in shown.items() if item is not None}
        try:
            return read()
        finally:
            table.items = items


def refuse(table: FakeTable, times: int) -> None:
    left = [WriteConflict] * times

    def before(operation: str) -> None:
        if operation == "transact" and left:
            raise left.pop()

    table.before = before


def is_count(key: Key) -> bool:
    return key.pk.startswith(("TALLY#", "MONTHS#"))


@cache
def ids() -> dict[str, str]:
    return {name: invitation(name).id for name in [*SEGMENTS, "queued", "delayed", "tapped"]}


@cache
def link() -> Link:
    made = invitation("tapped")
    return Link(made.id, made.survey, made.expires_at)


@cache
def beginning() -> dict[Key, Item]:
    """Six people: three of them asked and two have answered, on shards 0 and 1."""
    table = FakeTable()
    table.write(Put({**tally_keys.shards(SURVEY.id).as_item(), "open": 2}))
    day = START.date().isoformat()
    for name, segments in SEGMENTS.items():
        put_invitation(table, invitation(name, segments=segments, asked_day=day))
    put_invitation(table, invitation("tapped", segments=("group=A",), asked_day=day))
    for name in ("queued", "delayed"):
        waits = {"status": Status.QUEUED, "sent_at": None, "asked_day": None}
        put_invitation(table, invitation(name, segments=("group=C",), **waits))
    for name in ("one", "two"):
        operation = new_operation(START)
        record_response(ids()[name], Answer(9, "kind"), operation, "UTC", START, recording(table))
        refuse(table, 1)
    for name in ids():
        put_ledger(table, invitation(name))
    return table.items
