from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib import ids
from chalicelib.errors import OutcomeUnknown, Unavailable, WriteConflict
from chalicelib.invitations.ask import Request, ask
from chalicelib.invitations.invitation import Invitation, Reason, Status
from chalicelib.invitations.person_store import PersonStore
from chalicelib.invitations.throttle import LedgerEntry, Person, reason_not_to_ask
from chalicelib.surveys.definition import Survey
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, SURVEY, ask_needs

REQUEST = Request("ingrid@example.com", facts={"group": "Network", "colour": "red"})


def ask_for(
    table: FakeTable,
    name: str,
    survey: Survey = SURVEY,
    days: float = 0,
    request: Request = REQUEST,
) -> Invitation:
    now = NOW + timedelta(days=days)
    return ask(survey, request, ids.derived_id(name), now, ask_needs(table))


def test_a_person_is_asked_and_only_declared_segments_are_kept() -> None:
    made = ask_for(FakeTable(), "one")
    assert (made.status, made.segments) == (Status.QUEUED, ("group=Network",))


def test_a_person_is_asked_again_by_the_same_survey_after_30_days_and_not_before() -> None:
    table = FakeTable()
    ask_for(table, "one")
    assert ask_for(table, "two", days=29.9).reason is Reason.THROTTLED
    assert ask_for(table, "three", days=30).status is Status.QUEUED
    assert ask_for(table, "four", days=31).reason is Reason.THROTTLED


def test_a_suppressed_invitation_does_not_start_the_throttle_anew() -> None:
    table = FakeTable()
    ask_for(table, "one")
    ask_for(table, "two", days=20)
    assert ask_for(table, "three", days=31).status is Status.QUEUED


def test_another_survey_has_a_throttle_of_its_own() -> None:
    table = FakeTable()
    ask_for(table, "one")
    other = replace(SURVEY, id="reviews")
    assert ask_for(table, "two", other).status is Status.QUEUED


@pytest.mark.parametrize("flag", ["unsubscribed", "bounced", "complained"])
def test_who_is_not_to_be_written_to_is_not_asked(flag: str) -> None:
    table = FakeTable()
    person = ask_needs(table).person_id("ingrid@example.com")
    PersonStore(table).mark(person, flag, NOW)
    made = ask_for(table, "one")
    assert made.status is Status.SUPPRESSED
    assert made.reason == flag


def test_an_opposition_weighs_more_than_the_throttle() -> None:
    ledger = [LedgerEntry(SURVEY.id, NOW)]
    person = Person("p", unsubscribed=True, bounced=True)
    assert reason_not_to_ask(person, ledger, SURVEY, NOW) is Reason.UNSUBSCRIBED


def test_two_tickets_at_the_same_moment_ask_once() -> None:
    table = FakeTable()
    second: list[Invitation] = []

    def slip_in(operation: str) -> None:
        if operation == "transact":
            table.before = lambda _: None
            second.append(ask_for(table, "two"))

    table.before = slip_in
    first = ask_for(table, "one")
    assert second[0].status is Status.QUEUED
    assert (first.status, first.reason) == (Status.SUPPRESSED, Reason.THROTTLED)


def test_who_unsubscribes_at_that_moment_is_not_asked() -> None:
    table = FakeTable()
    person = ask_needs(table).person_id("ingrid@example.com")

    def slip_in(operation: str) -> None:
        if operation == "transact":
            table.before = lambda _: None
            PersonStore(table).mark(person, "unsubscribed", NOW)

    table.before = slip_in
    assert ask_for(table, "one").reason is Reason.UNSUBSCRIBED


@pytest.mark.parametrize("error", [WriteConflict, OutcomeUnknown])
def test_a_lost_answer_asks_once(error: type[Exception]) -> None:
    table = FakeTable()

    def lose(operation: str) -> None:
        table.after = lambda _: None
        raise error

    table.after = lose
    made = ask_for(table, "one")
    assert made.status is Status.QUEUED
    assert [item["SK"] for item in table.items.values()].count("INVITE") == 1


@pytest.mark.parametrize("operation", ["get", "query"])
@pytest.mark.parametrize("times", [1, 4])
def test_a_throttled_read_is_repeated_and_asks_once(operation: str, times: int) -> None:
    table, left = FakeTable(), [Unavailable()] * times

    def throttle(called: str) -> None:
        if called == operation and left:
            raise left.pop()

    table.before = throttle
    assert ask_for(table, "one").status is Status.QUEUED
    assert [item["SK"] for item in table.items.values()].count("INVITE") == 1


def test_no_try_to_ask_begins_when_the_time_is_over() -> None:
    table, calls = FakeTable(), list[str]()

    def throttle(operation: str) -> None:
        calls.append(operation)
        raise Unavailable

    table.before = throttle
    needs = replace(ask_needs(table), time_left=lambda: 0.0)
    with pytest.raises(Unavailable):
        ask(SURVEY, REQUEST, ids.derived_id("one"), NOW, needs)
    assert calls == ["query"]


def test_a_survey_with_a_delay_makes_the_invitation_wait() -> None:
    later = replace(SURVEY, delay_minutes=15)
    made = ask_for(FakeTable(), "one", later)
    assert (made.status, made.due_at) == (Status.WAITING, NOW + timedelta(minutes=15))


def test_the_link_lasts_from_the_sending_and_not_from_the_asking() -> None:
    request = Request("ingrid@example.com", send_at=NOW + timedelta(days=5))
    made = ask_for(FakeTable(), "one", request=request)
    assert made.expires_at == NOW + timedelta(days=35)
