"""Invariant 1 for answers without an invitation and invitations without a mail."""

from contextlib import suppress
from datetime import datetime, timedelta

import hypothesis.strategies as st
from hypothesis import given
from msgspec.structs import replace

from chalicelib import ids
from chalicelib.errors import HeedError, OutcomeUnknown, WriteConflict
from chalicelib.invitations.ask import Request
from chalicelib.invitations.invitation import Ended, Ticket
from chalicelib.invitations.issue_links import IssueLinksNeeds, issue_links
from chalicelib.invitations.person_store import PersonStore
from chalicelib.responses.ending import end_invitation
from chalicelib.responses.pages.open_link import Device, record_open_answer
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from tests.support.counting import counted_again
from tests.support.fakes import FakeTable
from tests.support.recount import contradictions, recounted, tallied
from tests.support.samples import NOW, SURVEY, ask_needs, last_shard, recording

OPEN = replace(SURVEY, open_link=True)
KEYS = [None, *(ids.derived_id(name) for name in "abc")]
TICKETS = ["1", "2"]

faults = st.lists(st.sampled_from([None, None, "conflict", "lost", "crash"]), max_size=4)
answers = st.builds(Answer, st.integers(0, 10), st.sampled_from([None, "slow", "kind"]))
devices = st.builds(Device, st.sampled_from(KEYS), st.sampled_from(KEYS))
segments = st.sampled_from([(), ("group=A",), ("group=A", "organization=B")])
steps = st.one_of(
    st.tuples(st.just("open"), devices, answers, segments),
    st.tuples(st.just("link"), st.sampled_from(TICKETS), st.sampled_from(["A", "B"])),
    st.tuples(st.just("tap"), st.integers(0, 3), answers),
    st.tuples(st.just("end"), st.integers(0, 3), st.sampled_from(list(Ended))),
    st.tuples(st.just("erase"), st.integers(0, 9)),
    st.tuples(st.just("wait"), st.integers(1, 90)),
)


class Crash(BaseException):
    """The process ends between two calls."""


class World:
    def __init__(self) -> None:
        self.table, self.now = FakeTable(), NOW
        needs = ask_needs(self.table)
        self.issue_links_needs = IssueLinksNeeds(
            needs.invitations,
            needs.deliveries,
            PersonStore(self.table).get,
            needs.person_id,
            needs.key_id,
            needs.pause,
            last_shard(self.table),
        )

    def do(self, name: str, *arguments: object) -> None:
        getattr(self, name)(*arguments)

    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def open(self, device: Device, answer: Answer, given: tuple[str, ...]) -> None:
        record_open_answer(OPEN, answer, given, device, self.now, recording(self.table))

    def link(self, ticket: str, group: str) -> None:
        request = Request("", facts={"group": group})
        issue_links(SURVEY, request, Ticket("api", ticket), self.now, self.issue_links_needs)

    def tap(self, place: int, answer: Answer) -> None:
        for invitation in self.ids("INVITE")[place : place + 1]:
            self._record(invitation, answer, self.now)

    def end(self, place: int, ended: Ended) -> None:
        for invitation in self.ids("INVITE")[place : place + 1]:
            end_invitation(invitation, ended, recording(self.table))

    def erase(self, place: int) -> None:
        for response in self.ids("RESPONSE")[place : place + 1]:
            erase_response(response, new_operation(self.now), self.now, recording(self.table))

    def ids(self, kind: str) -> list[str]:
        return sorted(item["id"] for item in self.table.items.values() if item["SK"] == kind)

    def _record(self, invitation: str, answer: Answer, now: datetime) -> None:
        needs = recording(self.table)
        record_response(invitation, answer, new_operation(now), SURVEY.tz, now, needs)

    def fails(self, plan: list[str | None]) -> None:
        left = list(plan)

        def before(operation: str) -> None:
            fault = left.pop(0) if left and operation in ("write", "transact") else None
            if fault == "conflict":
                raise WriteConflict
            if fault:
                self.table.after = lambda _: self._lose(fault)

        self.table.before = before

    def _lose(self, fault: str) -> None:
        self.table.after = lambda _: None
        raise OutcomeUnknown if fault == "lost" else Crash


@given(st.lists(st.tuples(steps, faults), max_size=15))
def test_tally_is_recount_after_every_step(
    story: list[tuple[tuple[str, object], list[str]]],
) -> None:
    world = World()
    for step, plan in story:
        world.fails(list(plan))
        with suppress(Crash, HeedError):
            world.do(*step)
        items = world.table.items.values()
        assert tallied(items) == recounted(items)
        assert contradictions(items) == []
        assert counted_again(items) == recounted(items)


@given(answers, faults)
def test_whatever_is_lost_on_the_way_one_form_is_one_answer(
    answer: Answer, plan: list[str]
) -> None:
    world = World()
    device = Device(None, KEYS[1])
    world.fails(list(plan))
    for _ in range(2):
        with suppress(Crash):
            world.open(device, answer, ())
    world.open(device, answer, ())
    assert len(world.ids("RESPONSE")) == 1
