"""What comes late finds the tombstone: nothing is asked, mailed, answered or kept any more."""

from datetime import timedelta

import pytest

from chalicelib import ids, keys
from chalicelib.errors import LinkRejected, PersonErased
from chalicelib.invitations.ask import Request, ask
from chalicelib.invitations.invitation import Ended, Reason, Status, Ticket
from chalicelib.invitations.person_store import PersonStore
from chalicelib.invitations.unsubscribe import UnsubscribeNeeds, unsubscribe
from chalicelib.mail.deliver import Outcome
from chalicelib.mail.send import FOLLOW_UP, INVITATION, REMINDER, send
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.responses.ending import end_invitation
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.retry import no_limit
from chalicelib.table import Update
from chalicelib.tasks.change_task import add_task
from chalicelib.tasks.task import task_for
from tests.support.erasing import (
    ASKING,
    INGRID,
    asked,
    contact,
    erase,
    erasing,
    everything,
    linked,
    outcome,
    person_of,
    told_of,
    tombstone,
)
from tests.support.fakes import FakeTable
from tests.support.mailing import FakeMailer, sending
from tests.support.recount import recounted, tallied
from tests.support.samples import NOW, SURVEY, ask_needs, recording, task_needs

LATER = NOW + timedelta(days=40)
REQUEST = Request(INGRID, f"Name {INGRID}", Ticket("zendesk", "7", f"linked {INGRID}"))


@pytest.fixture
def table() -> FakeTable:
    return FakeTable()


def trigger(table: FakeTable, name: str = "new") -> Reason | None:
    return ask(ASKING, REQUEST, ids.derived_id(name), LATER, ask_needs(table)).reason


def test_a_later_trigger_asks_nobody_and_stores_nobody(table: FakeTable) -> None:
    erase(table)
    assert trigger(table) is Reason.ERASED
    assert told_of(table.items.values()) == [tombstone() | {"version": 1}]
    assert not [key for key in table.items if key.pk.startswith("PERSON#") and key.sk != "PERSON"]


def test_a_late_duplicate_of_a_trigger_makes_nothing(table: FakeTable) -> None:
    made = asked(table, "first", INGRID)
    erase(table)
    before = dict(table.items)
    again = ask(ASKING, REQUEST, made.id, LATER, ask_needs(table))
    assert (again.status, again.reason, again.email) == (Status.SUPPRESSED, Reason.ERASED, "")
    assert table.items == before


def test_an_erasure_between_reading_and_writing_wins(table: FakeTable) -> None:
    def slip_in(operation: str) -> None:
        if operation == "transact":
            table.before = lambda _: None
            erase(table)

    table.before = slip_in
    assert trigger(table) is Reason.ERASED
    assert told_of(table.items.values()) == [tombstone() | {"version": 1}]


def test_a_late_tap_is_rejected_and_writes_nothing(table: FakeTable) -> None:
    answered, silent = everything(table), linked(table, INGRID)
    erase(table)
    before = dict(table.items)
    for made in (answered, silent):
        with pytest.raises(LinkRejected):
            record_response(
                made.id, Answer(9), new_operation(LATER), "UTC", LATER, recording(table)
            )
    assert table.items == before


@pytest.mark.parametrize("is_asked", [True, False])
def test_an_answer_that_meets_an_erasure_is_not_kept(table: FakeTable, is_asked: bool) -> None:
    made = asked(table, "first", INGRID)
    if not is_asked:
        table.write(
            Update(keys.invitation(made.id), set={"status": "queued"}, remove=["asked_day"])
        )

    def slip_in(operation: str) -> None:
        if operation == "transact":
            table.before = lambda _: None
            erase(table)

    table.before = slip_in
    with pytest.raises(LinkRejected):
        record_response(made.id, Answer(9), new_operation(NOW), "UTC", NOW, recording(table))
    assert keys.response(made.id) not in table.items


def test_mail_that_waits_in_the_queue_does_not_go_out(table: FakeTable) -> None:
    made = ask(ASKING, REQUEST, ids.derived_id("queued"), NOW, ask_needs(table))
    assert made.status is Status.QUEUED
    erase(table)
    mailer = FakeMailer()
    for kind in (INVITATION, REMINDER, FOLLOW_UP):
        assert send(kind, made.id, NOW, sending(table, mailer)) is Outcome.SETTLED
    assert mailer.sent == []


def test_a_late_event_opens_no_task(table: FakeTable) -> None:
    made = everything(table)
    response = recording(table).responses.find(made.id)
    assert response
    erase(table)
    add_task(task_for(response, SURVEY, LATER), task_needs(table))
    assert keys.task(made.id) not in table.items


def test_a_late_bounce_and_a_late_unsubscribe_change_nothing(table: FakeTable) -> None:
    made = everything(table)
    erase(table)
    before = dict(table.items)
    end_invitation(made.id, Ended.BOUNCED, recording(table))
    needs = UnsubscribeNeeds(
        ask_needs(table).invitations, PersonStore(table), lambda attempt: None, no_limit
    )
    unsubscribe(made.id, LATER, needs)  # they are asked no more, as they were told
    assert table.items == before


def test_who_unsubscribed_stays_unsubscribed(table: FakeTable) -> None:
    PersonStore(table).mark(person_of(INGRID), "unsubscribed", NOW)
    erase(table)
    person = PersonStore(table).get(person_of(INGRID))
    assert (person.erased, person.unsubscribed) == (True, True)


def test_contacts_outcomes_and_links_of_the_erased_are_refused(table: FakeTable) -> None:
    erase(table)
    before = dict(table.items)
    for store in (
        lambda: erasing(table).accounts.put_contact(contact("fjordline", "c1", INGRID)),
        lambda: OutcomeStore(table).add(outcome(INGRID)),
        lambda: linked(table, INGRID),
    ):
        with pytest.raises(PersonErased):
            store()
    assert table.items == before


def test_links_of_an_erased_ticket_say_so(table: FakeTable) -> None:
    linked(table, INGRID)
    erase(table)
    before = dict(table.items)
    assert linked(table, INGRID).is_erased
    assert table.items == before
    assert tallied(table.items.values()) == recounted(table.items.values())
