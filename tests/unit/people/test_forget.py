"""After `keep_days` nothing tells who was asked about what. Scores and words stay."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import asdict, replace

from chalicelib import keys
from chalicelib.invitations.person_store import PersonStore
from chalicelib.invitations.store import InvitationStore
from chalicelib.people.erasure import Progress
from chalicelib.people.forget import ForgetNeeds, Forgotten, forget
from chalicelib.people.store import PeopleStore
from chalicelib.responses.record import erase_response, new_operation
from chalicelib.retry import no_limit
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item
from tests.support.counting import counted_again
from tests.support.erasing import (
    INGRID,
    OLAV,
    WORDS,
    asked,
    erase,
    everything,
    kept_days,
    person_of,
    told_of,
)
from tests.support.fakes import FakeTable
from tests.support.recount import out_of_place, recounted, tallied
from tests.support.samples import NOW, SURVEY, recording
from tests.support.table_faults import Crash, heal

# The team's own list of its clients, and what it told of them: not of an asking. Who served goes
# by itself, with the invitation's end; who signs in, until they are removed.
STAY = (
    *("CONTACT#", "DIRECTORY", "TEAM", "OUTCOME", "TOLD#", "PERSON", "SERVED"),
    *("MEMBER", "SESSION#"),
)


def needs(table: FakeTable, survey: Survey, **changes: Any) -> ForgetNeeds:
    base = ForgetNeeds(
        lambda: [survey],
        InvitationStore(table),
        PeopleStore(table),
        lambda error: None,
        lambda attempt: None,
        no_limit,
    )
    return ForgetNeeds(**{**asdict(base), **changes})


def run(table: FakeTable, days: float, keep: int = 90) -> Forgotten:
    return forget(NOW + timedelta(days=days), needs(table, kept_days(keep)))


def telling(table: FakeTable) -> list[Item]:
    marks = (*STAY, "RESPONSE")  # the words stay
    return [item for item in told_of(table.items.values()) if not item["SK"].startswith(marks)]


@pytest.fixture
def table() -> FakeTable:
    table = FakeTable()
    everything(table)
    return table


def test_nothing_tells_who_was_asked_after_the_days_of_the_survey(table: FakeTable) -> None:
    assert run(table, 89.9).invitations == 0
    assert run(table, 92).invitations == 3
    assert telling(table) == []
    for item in table.items.values():
        if item["SK"] in ("INVITE", "RESPONSE", "TASK"):
            assert not item.keys() & {"person", "email", "name", "ticket", "note", "locale"}


def test_scores_and_words_stay(table: FakeTable) -> None:
    before = tallied(table.items.values())
    run(table, 92)
    items = table.items.values()
    assert tallied(items) == recounted(items) == counted_again(items) == before
    assert out_of_place(items) == []
    (answer,) = [item for item in items if item["SK"] == "RESPONSE"]
    assert (answer["score"], answer["comment"]) == (2, WORDS)


def test_a_forgotten_invitation_is_not_read_again(table: FakeTable) -> None:
    run(table, 92)
    items = dict(table.items)
    assert run(table, 93) == Forgotten()
    assert table.items == items


def test_a_link_that_is_still_open_is_kept() -> None:
    table = FakeTable()
    asked(table, "first", INGRID)
    assert run(table, 29, keep=1).invitations == 0
    assert run(table, 31, keep=1).invitations == 1


def test_the_throttle_still_finds_its_ledger() -> None:
    table = FakeTable()
    made = asked(table, "first", INGRID)
    survey = replace(SURVEY, keep_days=1, throttle_days=60)
    assert forget(NOW + timedelta(days=59), needs(table, survey)).invitations == 0
    assert forget(NOW + timedelta(days=61), needs(table, survey)).invitations == 1
    assert InvitationStore(table).get(made.id).person == ""


def test_whoever_unsubscribed_stays_known_and_a_stranger_does_not() -> None:
    table = FakeTable()
    for email in (INGRID, OLAV):
        asked(table, "first", email)
    PersonStore(table).mark(person_of(INGRID), "unsubscribed", NOW)
    assert run(table, 92).invitations == 2
    assert PersonStore(table).get(person_of(INGRID)).unsubscribed
    assert keys.person(person_of(OLAV)) not in table.items


def test_what_was_forgotten_is_not_erased_again(table: FakeTable) -> None:
    run(table, 92)
    receipt = erase(table, now=NOW + timedelta(days=93))
    assert receipt.state is Progress.DONE
    assert (receipt.counts["invitations"], receipt.counts["contacts"]) == (0, 2)


def test_an_erased_answer_is_no_hindrance(table: FakeTable) -> None:
    (answer,) = [item["id"] for item in table.items.values() if item["SK"] == "RESPONSE"]
    erase_response(answer, new_operation(NOW), NOW, recording(table))
    assert run(table, 92) == Forgotten(invitations=3)
    assert telling(table) == []


def test_one_that_fails_does_not_hold_up_the_others(table: FakeTable) -> None:
    people, failures = PeopleStore(table), list[Exception]()
    sound, (first, *_) = people.case, table_ids(table)

    def case(invitation_id: str) -> Any:
        if invitation_id == first:
            raise KeyError("broken")
        return sound(invitation_id)

    people.case = case  # type: ignore[method-assign]
    later = NOW + timedelta(days=92)
    wanted = needs(table, kept_days(90), people=people, failed=failures.append)
    assert forget(later, wanted) == Forgotten(invitations=2, failed=1)
    assert [type(error) for error in failures] == [KeyError]


def test_when_the_time_is_over_the_next_run_goes_on(table: FakeTable) -> None:
    left: Iterator[float] = iter([1.0, 0.0])
    later = NOW + timedelta(days=92)
    short = forget(later, needs(table, kept_days(90), time_left=lambda: next(left)))
    assert short == Forgotten(invitations=1, finished=False)
    assert run(table, 92) == Forgotten(invitations=2)


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_crash_at_any_call_is_made_good_by_the_next_run(side: str) -> None:
    full = FakeTable()
    everything(full)
    for number in range(1, 30):
        table = FakeTable()
        table.items = dict(full.items)
        setattr(table, side, crash_at(number))
        with suppress(Crash):
            run(table, 92)
        heal(table)
        run(table, 92)
        assert telling(table) == []
        assert tallied(table.items.values()) == recounted(table.items.values())


def crash_at(count: int) -> Callable[[str], None]:
    numbers = iter(range(1, 1000))

    def crash(_: str) -> None:
        if next(numbers) == count:
            raise Crash

    return crash


def table_ids(table: FakeTable) -> list[str]:
    survey, now = SURVEY.id, datetime.max.replace(tzinfo=NOW.tzinfo)
    return [made.id for made in InvitationStore(table).made_between(survey, NOW, now)]
