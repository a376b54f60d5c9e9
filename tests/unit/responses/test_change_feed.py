"""The changes of a survey's responses: each once, at its last change, in order."""

from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from chalicelib import keys, moments
from chalicelib.invitations.token import Link
from chalicelib.listed import Listing
from chalicelib.responses.judge.facts import Act, Beacon, Client, Signal
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.judged import Terms, Words
from chalicelib.responses.pages.open_link import Device, record_open_answer
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.responses.store import ResponseStore
from chalicelib.responses.take_act import take_act
from chalicelib.responses.tap import TapNeeds, decide, settle, take_beacon
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, SURVEY, recording, stored_invitation

FEED = keys.changes_of(SURVEY.id)
PHONE = Client("mobile", "phone")
ROBOT = Client("cloud", "library", robot=True)


class Feed:
    def __init__(self) -> None:
        self.table = FakeTable()
        self.store = ResponseStore(self.table)
        self.recording = recording(self.table)
        self.taking = TapNeeds(self.recording, Terms("UTC"))
        self.now = NOW + timedelta(hours=1)

    def later(self, minutes: float = 1) -> datetime:
        self.now += timedelta(minutes=minutes)
        return self.now

    def answers(self, name: str, score: int) -> str:
        made = stored_invitation(self.table, name)
        self.record(made.id, score)
        return made.id

    def record(self, invitation: str, score: int, at: datetime | None = None) -> None:
        now = at or self.later()
        answer = Answer(score)
        record_response(invitation, answer, new_operation(now), "UTC", now, self.recording)

    def read(self, limit: int = 100, after: str | None = None) -> Any:
        return self.store.changed(Listing(FEED), limit, after)

    @property
    def seen(self) -> list[tuple[str, str | int | None]]:
        """Ids with the score, or the state where it is not counted."""
        return [
            (one.id, "erased" if one.gone else one.score if one.is_counted else one.state.value)
            for one in self.read().responses
        ]


def test_an_answer_is_in_it_once_at_its_last_change() -> None:
    feed = Feed()
    first, second = feed.answers("a", 3), feed.answers("b", 9)
    assert feed.seen == [(first, 3), (second, 9)]
    feed.record(first, 10)
    assert feed.seen == [(second, 9), (first, 10)]


def test_an_erased_answer_is_in_it_as_erased() -> None:
    feed = Feed()
    first, second = feed.answers("a", 3), feed.answers("b", 9)
    erase_response(first, new_operation(feed.now), feed.later(), feed.recording)
    assert feed.seen == [(second, 9), (first, "erased")]


def test_an_answer_by_an_open_link_and_its_change_are_in_it() -> None:
    feed = Feed()
    open_to_all = replace(SURVEY, open_link=True)
    device = Device(None, None)
    taken = record_open_answer(open_to_all, Answer(2), (), device, feed.later(), feed.recording)
    other = feed.answers("b", 9)
    assert feed.seen == [(taken.response.id, 2), (other, 9)]
    again = Device(taken.device, None)
    record_open_answer(open_to_all, Answer(4), (), again, feed.later(), feed.recording)
    assert feed.seen == [(other, 9), (taken.response.id, 4)]


def tapped(feed: Feed, client: Client, score: int) -> Link:
    made = stored_invitation(feed.table, "tapped")
    link = Link(made.id, made.survey, made.expires_at)
    for signal in (Signal.HELLO, Signal.DWELL):
        at = feed.later().timestamp()
        beacon = Beacon(at, client, "v1", score, signal, touch=True)
        take_beacon(link, beacon, feed.now, feed.taking)
    return link


def test_a_tap_is_in_it_as_it_settles_and_counts() -> None:
    feed = Feed()
    link = tapped(feed, PHONE, 8)
    other = feed.answers("b", 9)
    assert feed.seen == [(link.invitation, "settling"), (other, 9)]
    settle(link.invitation, feed.later(15), feed.taking)
    assert feed.seen == [(other, 9), (link.invitation, 8)]


def test_a_form_after_a_tap_is_in_it() -> None:
    feed = Feed()
    link = tapped(feed, PHONE, 8)
    at = feed.later().timestamp()
    act = Act(at, PHONE, "v1", 2, at - 5, "op", trusted=True)
    take_act(link, act, Words("slow"), feed.now, feed.taking)
    assert feed.seen == [(link.invitation, 2)]


def test_what_is_held_is_in_it_and_again_when_an_operator_decides() -> None:
    for accepted, shown in ((True, 8), (False, State.DISMISSED.value)):
        feed = Feed()
        link = tapped(feed, ROBOT, 8)
        other = feed.answers("b", 9)
        assert feed.seen == [(link.invitation, "held"), (other, 9)]
        decide(link.invitation, SURVEY.id, accepted, "key", feed.later(), feed.taking)
        assert feed.seen == [(other, 9), (link.invitation, shown)]


def test_a_writer_whose_clock_is_behind_changes_nothing_in_the_past() -> None:
    feed = Feed()
    first = feed.answers("a", 3)
    other = feed.answers("b", 9)
    feed.record(first, 5)
    read_to = feed.read().responses[-1].changed_at
    feed.record(first, 7, at=feed.now - timedelta(seconds=30))
    assert feed.seen == [(other, 9), (first, 7)]
    assert feed.read().responses[-1].changed_at > read_to


def test_an_answer_that_changed_after_the_index_was_read_waits_for_its_new_place() -> None:
    feed = Feed()
    first, second = feed.answers("a", 3), feed.answers("b", 9)
    slipped = [True]

    def change_between(operation: str) -> None:
        if operation == "get_all" and slipped:
            slipped.clear()
            feed.record(first, 10)

    feed.table.before = change_between
    early = feed.read().responses
    assert [one.id for one in early] == [second]
    assert feed.seen == [(second, 9), (first, 10)]


def test_pages_join_while_answers_change_under_the_reader() -> None:
    feed = Feed()
    ids = [feed.answers(name, 5) for name in "abcde"]
    page = feed.read(limit=2)
    feed.record(ids[1], 6)  # the place that the next page goes on from
    read = list(page.responses)
    while page.next:
        page = feed.read(2, page.next)
        read += page.responses
    assert {one.id: one.score for one in read} == {**dict.fromkeys(ids, 5), ids[1]: 6}


def test_the_place_holds_neither_words_nor_a_person() -> None:
    feed = Feed()
    first = feed.answers("a", 3)
    item = feed.table.items[keys.change(first)]
    assert item.keys() == {"PK", "SK", "list_pk", "list_sk"}
    assert moments.to_text(feed.now) in item["list_sk"]


def test_what_is_not_written_has_no_place() -> None:
    feed = Feed()
    first = feed.answers("a", 3)
    feed.record(first, 3)
    assert len(feed.seen) == 1
    assert feed.read().responses[0].version == 1
