"""An erased person is nowhere but in a keyed tombstone, and in no count."""

from datetime import timedelta

from msgspec.structs import asdict

from chalicelib import keys
from chalicelib.invitations.person_store import PersonStore
from chalicelib.people.erase_person import erase_person
from chalicelib.people.erasure import COUNTED, Progress
from tests.support.counting import counted_again
from tests.support.erasing import (
    INGRID,
    OLAV,
    WENT,
    contact,
    erase,
    erasing,
    everything,
    person_of,
    told_of,
    tombstone,
)
from tests.support.fakes import FakeTable
from tests.support.recount import contradictions, recounted, tallied
from tests.support.samples import NOW


def test_a_receipt_counts_everything_that_went() -> None:
    table = FakeTable()
    everything(table)
    receipt = erase(table)
    assert receipt.counts == WENT
    assert set(WENT) == set(COUNTED)
    assert (receipt.state, receipt.done_at, receipt.person) == (Progress.DONE, NOW, None)


def test_nothing_tells_of_the_person_but_the_tombstone() -> None:
    table = FakeTable()
    everything(table)
    assert len(told_of(table.items.values())) == 20
    erase(table)
    assert told_of(table.items.values()) == [tombstone()]


def test_nobody_else_loses_anything() -> None:
    table = FakeTable()
    everything(table, OLAV)
    told = told_of(table.items.values(), OLAV)
    counted = tallied(table.items.values())
    everything(table, INGRID)
    erase(table)
    assert told_of(table.items.values(), OLAV) == told
    assert tallied(table.items.values()) == counted


def test_the_counts_are_those_of_the_raw_items() -> None:
    table = FakeTable()
    everything(table)
    assert tallied(table.items.values())
    erase(table)
    items = table.items.values()
    assert tallied(items) == recounted(items) == counted_again(items) == {}
    assert contradictions(items) == []


def test_the_same_person_again_gives_the_same_receipt() -> None:
    table = FakeTable()
    everything(table)
    first, items = erase(table), dict(table.items)
    assert erase(table, now=NOW + timedelta(days=2)) == first
    assert table.items == items


def test_what_is_found_later_is_added_to_the_receipt() -> None:
    table = FakeTable()
    first = erase(table)
    late = contact("fjordline", "late", INGRID)
    table.items |= {keys.contact("fjordline", "late"): _stored(late.id)}
    later = NOW + timedelta(hours=1)
    again = erase(table, now=later)
    assert (first.counts["contacts"], again.counts["contacts"]) == (0, 1)
    assert (again.id, again.asked_at, again.done_at) == (first.id, NOW, later)


def test_a_stranger_can_be_erased_before_being_asked() -> None:
    table = FakeTable()
    assert set(erase(table).counts.values()) == {0}
    assert PersonStore(table).get(person_of(INGRID)).erased


def test_the_receipt_does_not_tell_the_person() -> None:
    table = FakeTable()
    receipt = erase(table)
    assert person_of(INGRID) not in str(table.items[keys.erasure(receipt.id)])


def test_when_the_time_is_over_the_rest_is_done_by_the_next_run() -> None:
    table = FakeTable()
    everything(table)
    needs, left = erasing(table), iter([1.0, 1.0, 0.0])
    short = needs.__class__(**{**asdict(needs), "time_left": lambda: next(left, 0.0)})
    running = erase_person(person_of(INGRID), lambda: NOW, short)
    assert (running.state, running.counts["invitations"]) == (Progress.RUNNING, 1)
    assert needs.people.unfinished() == [person_of(INGRID)]
    assert erase(table).counts == WENT
    assert needs.people.unfinished() == []


def _stored(contact_id: str) -> dict[str, object]:
    table = FakeTable()
    erasing(table).accounts.put_contact(contact("fjordline", contact_id, INGRID))
    return table.items[keys.contact("fjordline", contact_id)]
