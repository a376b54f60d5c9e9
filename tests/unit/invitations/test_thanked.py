"""A ticket that a "thank you" opened, after somebody was asked about it, asks nobody again; and
what waits for a ticket is cancelled, all of it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib import ids
from chalicelib.errors import NotAsked
from chalicelib.invitations.ask import Request, ask
from chalicelib.invitations.cancel import CancelNeeds, Reopened, note_solved
from chalicelib.invitations.hook_ticket import HookTicketStore
from chalicelib.invitations.invitation import Invitation, Status
from chalicelib.invitations.store import InvitationStore
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, ask_needs
from tests.unit.invitations.test_reopened import WAITS, change, reopen, solve, stored

UNTHROTTLED = replace(WAITS, throttle_days=0)


def solve_anew(
    table: FakeTable, minute: int, email: str = "ingrid@example.com", *thanked: str
) -> Invitation:
    request = Request(email, hook="hook", solved=change(minute), thanked=thanked)
    at = NOW + timedelta(minutes=minute)
    return ask(UNTHROTTLED, request, ids.derived_id(str(minute)), at, ask_needs(table))


def needs(table: FakeTable) -> CancelNeeds:
    return CancelNeeds(HookTicketStore(table), InvitationStore(table), lambda attempt: None)


def send(table: FakeTable, invitation: Invitation) -> None:
    (item,) = [
        item
        for item in table.items.values()
        if item["SK"] == "INVITE" and item["id"] == invitation.id
    ]
    item |= {"status": "sent", "asked_day": "2026-11-29", "attempts": 1}


@pytest.mark.parametrize("other", ["ingrid@example.com", "ana@example.com"])
def test_all_that_waits_for_a_ticket_is_cancelled(other: str) -> None:
    table = FakeTable()
    made = [solve_anew(table, 0), solve_anew(table, 5, other), solve_anew(table, 9)]
    assert len({each.id for each in made}) == 3
    assert reopen(table, 10) is Reopened.CANCELLED
    assert {stored(table, each).status for each in made} == {Status.CANCELLED}


def test_of_several_only_those_that_wait_are_cancelled() -> None:
    table = FakeTable()
    first, second = solve_anew(table, 0), solve_anew(table, 5)
    send(table, first)
    assert reopen(table, 10) is Reopened.CANCELLED
    assert stored(table, first).status is Status.SENT
    assert stored(table, second).status is Status.CANCELLED


def test_what_another_ticket_led_to_still_waits() -> None:
    table = FakeTable()
    request = Request("ingrid@example.com", hook="hook")
    other = ask(UNTHROTTLED, request, ids.derived_id("other"), NOW, ask_needs(table))
    solve_anew(table, 1)
    reopen(table, 10)
    assert stored(table, other).status is Status.WAITING


def refused(table: FakeTable, minute: int) -> str:
    with pytest.raises(NotAsked) as error:
        solve_anew(table, minute)
    return error.value.reason


def test_soon_after_it_was_opened_again_nobody_is_asked_again() -> None:
    table = FakeTable()
    send(table, solve_anew(table, 0))
    assert reopen(table, 100) is Reopened.SENT_ALREADY
    assert refused(table, 159) == "thanked"
    assert len([item for item in table.items.values() if item["SK"] == "INVITE"]) == 1


def test_more_than_an_hour_of_work_asks_again() -> None:
    table = FakeTable()
    send(table, solve_anew(table, 0))
    reopen(table, 100)
    assert solve_anew(table, 161).status is Status.WAITING


def test_the_hour_begins_when_it_was_opened_and_not_with_a_later_status() -> None:
    table = FakeTable()
    send(table, solve_anew(table, 0))
    reopen(table, 100)
    reopen(table, 150)  # from open to pending
    assert solve_anew(table, 170).status is Status.WAITING


def test_thanked_twice_is_asked_once() -> None:
    table = FakeTable()
    send(table, solve_anew(table, 0))
    for opened in (100, 200):
        reopen(table, opened)
        assert refused(table, opened + 10) == "thanked"
        note_solved(change(opened + 10), NOW, needs(table))
        assert refused(table, opened + 10) == "thanked"  # the same delivery again
        assert HookTicketStore(table).state(change(0)).is_solved


def test_a_ticket_whose_invitation_was_cancelled_is_asked_about_however_soon() -> None:
    table = FakeTable()
    solve_anew(table, 0)
    reopen(table, 5)
    assert solve_anew(table, 6).status is Status.WAITING


def test_the_throttle_makes_no_line_of_a_thank_you() -> None:
    table = FakeTable()
    send(table, solve(table, 0))
    reopen(table, 100)
    with pytest.raises(NotAsked):
        solve(table, 110)


def thank(table: FakeTable, minute: int) -> Invitation:
    """As a tool tells it that marks a "thank you"."""
    standing = HookTicketStore(table).state(change(0)).standing
    return solve_anew(table, minute, "ana@example.com", *standing)


def test_a_marked_thank_you_asks_as_long_as_nothing_went_out() -> None:
    table = FakeTable()
    solve_anew(table, 0)
    assert thank(table, 1).status is Status.WAITING


def test_a_marked_thank_you_asks_nobody_when_something_went_out_meanwhile() -> None:
    table = FakeTable()
    first = solve_anew(table, 0)
    solve_anew(table, 1)
    send(table, first)
    before = dict(table.items)
    with pytest.raises(NotAsked) as error:
        thank(table, 2)
    assert (error.value.reason, table.items) == ("thanked", before)


def test_what_was_cancelled_is_known_with_the_ticket() -> None:
    table = FakeTable()
    first = solve_anew(table, 0)
    reopen(table, 5)
    second = solve_anew(table, 6)
    state = HookTicketStore(table).state(change(0))
    assert (state.cancelled, state.standing) == ({first.id}, {second.id})
    assert state.is_solved


def test_what_comes_late_changes_nothing() -> None:
    table = FakeTable()
    send(table, solve_anew(table, 0))
    reopen(table, 100)
    note_solved(change(90), NOW, needs(table))
    assert not HookTicketStore(table).state(change(0)).is_solved
    before = dict(table.items)
    HookTicketStore(table).be_quiet(change(0), 12345)
    assert table.items == before
