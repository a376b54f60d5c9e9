"""An invitation ends refused or bounced, once; an answer counts before and after the end."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import chain, product

import pytest

from chalicelib import keys, tally_keys
from chalicelib.errors import HeedError, OutcomeUnknown, Unavailable
from chalicelib.invitations.invitation import Ended, Status
from chalicelib.invitations.token import Link
from chalicelib.mail.send import INVITATION, send
from chalicelib.responses.ending import NotYetAsked, end_invitation
from chalicelib.responses.judge.facts import Act, Client
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.judged import Terms, Words
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.responses.take_act import take_act
from chalicelib.responses.tap import TapNeeds, decide
from chalicelib.table import Item
from tests.support.fakes import FakeTable
from tests.support.mailing import FakeMailer, sending
from tests.support.recount import contradictions, recounted, tallied
from tests.support.samples import NOW, SURVEY, recording, stored_invitation

ACTIONS = ["send", "answer", "change", "erase", "refuse", "refuse early", "bounce"]
HISTORIES = list(chain.from_iterable(product(ACTIONS, repeat=length) for length in range(3)))


class Asked:
    """One invitation, and whatever becomes of it. A day passes with each step."""

    def __init__(self, **changes: object) -> None:
        self.table, self.now = FakeTable(), NOW
        self.id = stored_invitation(self.table, **changes).id
        self.needs = recording(self.table)
        self.done: dict[str, Callable[[], object]] = {
            "send": lambda: send(INVITATION, self.id, self.now, sending(self.table, FakeMailer())),
            "answer": lambda: self.answer(9),
            "change": lambda: self.answer(3),
            "erase": lambda: erase_response(self.id, self.operation, self.now, self.needs),
            "refuse": lambda: end_invitation(self.id, Ended.REFUSED, self.needs),
            "refuse early": lambda: end_invitation(
                self.id, Ended.REFUSED, self.needs, self.now.date().isoformat()
            ),
            "bounce": lambda: end_invitation(self.id, Ended.BOUNCED, self.needs),
        }

    @property
    def operation(self) -> str:
        return new_operation(self.now)

    def answer(self, score: int) -> None:
        answer = Answer(score, "slow")
        record_response(self.id, answer, self.operation, SURVEY.tz, self.now, self.needs)

    def do(self, *steps: str) -> "Asked":
        for step in steps:
            self.now += timedelta(days=1)
            with suppress(HeedError):
                self.done[step]()
        return self

    def do_with(self, step: str, between: str) -> None:
        """The one between happens after the other has read and before it writes."""

        def slip_in(operation: str) -> None:
            if operation == "transact":
                self.table.before = lambda _: None
                self.do(between)

        self.table.before = slip_in
        self.do(step)
        self.table.before = lambda _: None

    @property
    def counts(self) -> Item:
        """Of those asked."""
        return self.counts_of("2026-11-20")

    def counts_of(self, day: str) -> Item:
        counts = tallied(self.table.items.values())[(SURVEY.id, "all", day)]
        return {name: counts[name] for name in counts.keys() & FIELDS}


FIELDS = {"asked", "answered", "refused", "bounced"}


@pytest.mark.parametrize("history", HISTORIES, ids="-".join)
def test_whatever_comes_between_everybody_asked_is_counted_once(history: tuple[str, ...]) -> None:
    for step, between in product(ACTIONS, repeat=2):
        asked = Asked(status=Status.QUEUED, sent_at=None, asked_day=None).do(*history)
        asked.do_with(step, between)
        items = asked.table.items.values()
        assert tallied(items) == recounted(items), (step, between)
        assert contradictions(items) == [], (step, between)


@pytest.mark.parametrize(
    ("steps", "counted"),
    [
        ("refuse", "refused"),
        ("bounce", "bounced"),
        ("refuse bounce", "refused"),
        ("refuse answer", "answered"),
        ("answer refuse", "answered"),
        ("answer refuse change", "answered"),
        ("answer refuse erase", "refused"),
        ("refuse answer erase", "refused"),
        ("answer erase refuse", "refused"),
    ],
)
def test_an_answer_that_counts_goes_before_an_end(steps: str, counted: str) -> None:
    assert Asked().do(*steps.split()).counts == {"asked": 1, counted: 1}


def test_what_is_held_is_no_answer_until_an_operator_accepts_it() -> None:
    asked = Asked()
    link = Link(asked.id, SURVEY.id, NOW + timedelta(days=30))
    taking = TapNeeds(asked.needs, Terms("UTC"))
    at = NOW.timestamp() + 600
    act = Act(at, Client("cloud", "library", robot=True), "v1", 9, at - 5, "op1")
    asked.now += timedelta(minutes=10)
    assert take_act(link, act, Words(), asked.now, taking) is State.HELD
    asked.do("refuse")
    assert asked.counts == {"asked": 1, "refused": 1}
    decide(asked.id, SURVEY.id, True, "key", asked.now, taking)
    assert asked.counts == {"asked": 1, "answered": 1}
    items = asked.table.items.values()
    assert tallied(items) == recounted(items)


def test_who_is_erased_and_never_refused_is_silent() -> None:
    assert Asked().do("answer", "erase").counts == {"asked": 1}


def test_an_end_changes_nothing_of_the_answer() -> None:
    asked = Asked().do("answer")
    before = dict(asked.table.items[keys.response(asked.id)])
    asked.do("refuse")
    assert asked.table.items[keys.response(asked.id)] == before | {"ended": "refused"}


def test_a_recount_under_way_sees_an_end_that_moves_no_count() -> None:
    asked = Asked().do("answer")
    cells = [
        tally_keys.tally(SURVEY.id, "all", "2026-11-20", 0),
        tally_keys.month_tally(SURVEY.id, "all", "2026-11", 0),
    ]
    before = [asked.table.items[cell]["version"] for cell in cells]
    asked.do("refuse")
    assert [asked.table.items[cell]["version"] for cell in cells] == [one + 1 for one in before]


def test_an_end_that_is_faster_than_the_note_of_the_mail_comes_again() -> None:
    asked = Asked(status=Status.QUEUED, sent_at=None, asked_day=None)
    with pytest.raises(NotYetAsked):
        end_invitation(asked.id, Ended.BOUNCED, asked.needs)


def test_who_unsubscribes_by_the_mail_before_it_is_noted_as_sent_is_counted_as_refusing() -> None:
    for later in ((), ("send",), ("refuse early",), ("send", "refuse")):
        asked = Asked(status=Status.QUEUED, sent_at=None, asked_day=None).do("refuse early", *later)
        assert asked.counts_of("2026-11-21") == {"asked": 1, "refused": 1}


def test_what_was_never_sent_cannot_end() -> None:
    asked = Asked(status=Status.SUPPRESSED, sent_at=None, asked_day=None)
    before = dict(asked.table.items)
    end_invitation(asked.id, Ended.BOUNCED, asked.needs)
    assert asked.table.items == before


def test_a_link_that_was_handed_out_ends_like_a_mail() -> None:
    assert Asked(status=Status.LINKED).do("refuse").counts == {"asked": 1, "refused": 1}


def test_a_lost_answer_is_one_end() -> None:
    asked = Asked()

    def lose(operation: str) -> None:
        asked.table.after = lambda _: None
        raise OutcomeUnknown

    asked.table.after = lose
    assert asked.do("refuse").counts == {"asked": 1, "refused": 1}


def test_a_table_that_stays_away_is_said_to_be() -> None:
    asked = Asked()

    def fail(operation: str) -> None:
        raise Unavailable

    asked.table.before = fail
    with pytest.raises(Unavailable):
        end_invitation(asked.id, Ended.REFUSED, asked.needs)
