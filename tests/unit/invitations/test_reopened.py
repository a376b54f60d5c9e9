"""A ticket that is opened again takes back the invitation that waits for it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib import ids
from chalicelib.errors import NotAsked, OutcomeUnknown
from chalicelib.invitations.ask import Request, ask
from chalicelib.invitations.cancel import CancelNeeds, Reopened, cancel_reopened
from chalicelib.invitations.hook_ticket import HookTicketStore, TicketChange
from chalicelib.invitations.invitation import Invitation, Reason, Status
from chalicelib.invitations.store import InvitationStore
from chalicelib.mail.store import OutboxStore
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, SURVEY, ask_needs

WAITS = replace(SURVEY, delay_minutes=60)


def change(minute: int) -> TicketChange:
    return TicketChange("zendesk", "hook", "48213", NOW + timedelta(minutes=minute))


def solve(table: FakeTable, minute: int, email: str = "ingrid@example.com") -> Invitation:
    request = Request(email, hook="hook", solved=change(minute))
    at = NOW + timedelta(minutes=minute)
    return ask(WAITS, request, ids.derived_id(str(minute)), at, ask_needs(table))


def reopen(table: FakeTable, minute: int) -> Reopened:
    needs = CancelNeeds(HookTicketStore(table), InvitationStore(table), lambda attempt: None)
    return cancel_reopened(change(minute), NOW + timedelta(minutes=minute), needs)


def stored(table: FakeTable, invitation: Invitation) -> Invitation:
    return InvitationStore(table).get(invitation.id)


def test_what_waits_is_cancelled_and_says_why() -> None:
    table = FakeTable()
    made = solve(table, 0)
    assert reopen(table, 5) is Reopened.CANCELLED
    found = stored(table, made)
    assert (found.status, found.reason, found.due_at) == (Status.CANCELLED, Reason.REOPENED, None)


def test_it_is_not_due_any_more_and_its_link_is_dead() -> None:
    table = FakeTable()
    solve(table, 0)
    reopen(table, 5)
    assert not [item for item in table.items.values() if "due_shard" in item]
    assert "VISIT" not in {key.sk for key in table.items}


def test_the_second_time_it_says_the_same() -> None:
    table = FakeTable()
    solve(table, 0)
    assert [reopen(table, 5), reopen(table, 5)] == [Reopened.CANCELLED] * 2


def test_a_later_resolution_asks_again_in_spite_of_the_throttle() -> None:
    table = FakeTable()
    solve(table, 0)
    reopen(table, 5)
    assert solve(table, 10).status is Status.WAITING


def test_who_was_asked_before_is_still_throttled() -> None:
    table = FakeTable()
    other = Request("ingrid@example.com")
    ask(WAITS, other, ids.derived_id("other"), NOW, ask_needs(table))
    assert solve(table, 1).reason is Reason.THROTTLED
    assert reopen(table, 5) is Reopened.NOTHING_WAITS
    assert solve(table, 10).reason is Reason.THROTTLED


def test_a_reopening_that_is_older_than_the_resolution_is_ignored() -> None:
    table = FakeTable()
    made = solve(table, 10)
    assert reopen(table, 5) is Reopened.SOLVED_SINCE
    assert stored(table, made).status is Status.WAITING


def test_a_reopening_that_comes_behind_a_second_resolution_is_ignored() -> None:
    table = FakeTable()
    first = solve(table, 0)
    solve(table, 10)
    assert reopen(table, 5) is Reopened.SOLVED_SINCE
    assert stored(table, first).status is Status.WAITING
    assert reopen(table, 15) is Reopened.CANCELLED
    assert stored(table, first).status is Status.CANCELLED


def test_a_resolution_that_comes_behind_its_reopening_asks_nobody() -> None:
    table = FakeTable()
    assert reopen(table, 5) is Reopened.NOTHING_WAITS
    with pytest.raises(NotAsked) as refused:
        solve(table, 0)
    assert refused.value.reason == "reopened_since"
    assert not [item for item in table.items.values() if item["SK"] == "INVITE"]


def test_what_is_being_sent_is_sent() -> None:
    table = FakeTable()
    made = solve(table, 0)
    invite = next(item for item in table.items.values() if item["SK"] == "INVITE")
    invite["status"] = "queued"
    OutboxStore(table).claim(dict(invite), "claim", NOW)
    assert reopen(table, 5) is Reopened.SENT_ALREADY
    assert stored(table, made).status is Status.QUEUED


def test_what_is_claimed_at_that_moment_is_sent() -> None:
    table = FakeTable()
    solve(table, 0)
    invite = next(item for item in table.items.values() if item["SK"] == "INVITE")
    invite["status"] = "queued"

    def slip_in(operation: str) -> None:
        if operation == "transact":
            table.before = lambda _: None
            OutboxStore(table).claim(dict(invite), "claim", NOW)

    table.before = slip_in
    assert reopen(table, 5) is Reopened.SENT_ALREADY


def test_a_lost_answer_cancels_once() -> None:
    table = FakeTable()
    solve(table, 0)

    def lose(operation: str) -> None:
        table.after = lambda _: None
        raise OutcomeUnknown

    table.after = lose
    assert reopen(table, 5) is Reopened.CANCELLED


def test_an_agent_is_not_asked_about_the_own_ticket() -> None:
    table = FakeTable()
    request = Request("Kari@Example.com", hook="hook", served_by=" kari@example.com")
    with pytest.raises(NotAsked) as refused:
        ask(WAITS, request, ids.derived_id("own"), NOW, ask_needs(table))
    assert refused.value.reason == "own_ticket"
    assert not table.items
