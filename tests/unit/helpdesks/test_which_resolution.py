"""Which deliveries mean the same resolution of a ticket, and which another, by source."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.source import shape_of
from chalicelib.helpdesks.store import HookStore
from chalicelib.helpdesks.take_delivery import take_delivery
from chalicelib.helpdesks.take_trigger import Outcome
from chalicelib.invitations.external_ids import Called, ExternalIdStore, calling
from tests.support.fakes import FakeTable
from tests.support.inbound import Sample, resigned, sample
from tests.support.samples import SURVEY
from tests.unit.helpdesks.test_at_the_same_time import needs_of

EVERY_TIME = replace(SURVEY, throttle_days=0, delay_minutes=60)


@pytest.fixture(autouse=True, params=["looked_at_before", "met_by_the_write"])
def _both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Desk, "looks_ahead", request.param == "looked_at_before")


class Desk:
    """A hook of one source. What is told of is told at `at`. `looks_ahead`: the ticket is read with
    the hook, since the function remembers the secret."""

    looks_ahead = True

    def __init__(self, name: str) -> None:
        self.told, self.table = sample(name), FakeTable()
        self.hook = Hook(self.told.source, "hook", SURVEY.id)
        HookStore(self.table).add(self.hook)
        self.needs = replace(
            needs_of(self.table, EVERY_TIME),
            secrets_of=lambda hook: [self.told.secret],
            remembered_secrets=lambda hook: [self.told.secret] if self.looks_ahead else [],
            look_up=ExternalIdStore(self.table).look_up,
        )
        self._know()

    def _know(self) -> None:
        """Whoever asked is in the directory, by the id that the tool has."""
        (place, *_) = self.told.places()
        shape = shape_of(self.told.desk, place, "")
        assert shape
        name = place.below(shape.root).text(shape.external_id)
        known = Called(f"{self.told.source}:{name}", "person", "ana@example.com")
        for write in calling([known] if name else []):
            self.table.write(write)

    def tell(self, at: datetime, raw: bytes | None = None, **headers: str) -> Outcome:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        told = replace(self.told, at=at, headers={**self.told.headers, **named})
        sent: Sample = resigned(told, raw)
        (outcome, *_) = take_delivery(sent.desk, "hook", sent.delivery(), at, self.needs)
        return outcome

    def changed(self, **changes: Any) -> bytes:
        """The sample's body with other values, by path: `item__status__id`."""
        body = json.loads(self.told.raw)
        for path, value in changes.items():
            *parents, last = path.split("__")
            place = body
            for parent in parents:
                place = place[parent]
            place[last] = value
        return json.dumps(body).encode()

    @property
    def asked(self) -> list[str]:
        found = [item["status"] for item in self.table.items.values() if item["SK"] == "INVITE"]
        return sorted(found)

    def send(self) -> None:
        for item in self.table.items.values():
            if item["SK"] == "INVITE":
                item |= {"status": "sent", "asked_day": "2026-11-20", "attempts": 1}


UNTIMED = ["freshdesk_simple_wrapped", "freshservice_workflow_webhook", "glpi_ticket_update"]


@pytest.mark.parametrize("name", UNTIMED)
@pytest.mark.parametrize("minutes", [5, 30, 60, 180])
def test_what_is_tried_again_past_midnight_is_the_same(name: str, minutes: int) -> None:
    desk = Desk(name)
    night = desk.told.at.replace(hour=23, minute=58)
    assert desk.tell(night).result == "accepted"
    again = desk.tell(night + timedelta(minutes=minutes))
    assert (again.result, again.reason) == ("ignored", "solved_before")
    assert len(desk.asked) == 1


def test_a_later_day_is_another_resolution_where_each_change_of_the_status_is_told() -> None:
    desk = Desk("freshdesk_simple_wrapped")
    for days in (0, 2, 4):
        assert desk.tell(desk.told.at + timedelta(days=days)).result == "accepted"
    assert len(desk.asked) == 3


def test_glpi_tells_each_edit_of_a_solved_ticket_and_asks_once() -> None:
    desk = Desk("glpi_ticket_update")
    assert desk.tell(desk.told.at).result == "accepted"
    desk.send()
    for days, status in ((1, 5), (4, 5), (10, 6), (40, 6)):
        at = desk.told.at + timedelta(days=days)
        raw = desk.changed(item__status__id=status, item__date_mod=at.isoformat())
        assert desk.tell(at, raw).reason == "solved_before"
    assert desk.asked == ["sent"]


def test_glpi_s_ticket_that_was_open_again_is_asked_about_again() -> None:
    desk = Desk("glpi_ticket_update")
    desk.tell(desk.told.at)
    desk.send()
    for days, status, told in ((3, 2, "ignored"), (4, 5, "accepted"), (5, 5, "ignored")):
        at = desk.told.at + timedelta(days=days)
        raw = desk.changed(item__status__id=status, item__date_mod=at.isoformat())
        assert desk.tell(at, raw).result == told
    assert desk.asked == ["sent", "waiting"]


def zammad(desk: Desk, minutes: int, state: str, delivery: str) -> Outcome:
    """As a Zammad that tells the first time of closing alone."""
    at = desk.told.at + timedelta(minutes=minutes)
    raw = desk.changed(ticket__state=state, ticket__updated_at=at.isoformat())
    return desk.tell(at, raw, x_zammad_delivery=delivery)


def test_what_a_reopening_cancelled_is_asked_again_with_the_first_time_of_closing() -> None:
    desk = Desk("zammad_default_ticket_closed")
    for minutes in (0, 10, 20):
        assert zammad(desk, minutes, "closed", f"closed {minutes}").result == "accepted"
        assert zammad(desk, minutes + 5, "open", f"{minutes}").reason == "invitation_cancelled"
    assert desk.asked == ["cancelled"] * 3


def test_the_delivery_that_led_to_a_cancelled_invitation_does_not_ask_again() -> None:
    desk = Desk("zammad_default_ticket_closed")
    first = zammad(desk, 0, "closed", "one")
    zammad(desk, 5, "open", "two")
    again = zammad(desk, 0, "closed", "one")
    assert (again.result, again.id) == ("duplicate", first.id)
    assert zammad(desk, 0, "closed", "three").reason == "reopened_since"
    assert desk.asked == ["cancelled"]


def issue(desk: Desk, repository: str, action: str, delivery: str, minutes: int = 0) -> Outcome:
    at = desk.told.at + timedelta(minutes=minutes)
    changes = {"repository__full_name": repository, "issue__updated_at": at.isoformat()}
    raw = desk.changed(action=action, **changes)
    return desk.tell(at, raw, x_github_delivery=delivery)


def test_issues_of_two_repositories_may_have_one_number() -> None:
    desk = Desk("github_issues_closed")
    assert issue(desk, "acme/one", "closed", "1").result == "accepted"
    assert issue(desk, "acme/two", "closed", "2").result == "accepted"
    assert issue(desk, "acme/one", "reopened", "3", 5).reason == "invitation_cancelled"
    assert desk.asked == ["cancelled", "waiting"]


def test_one_id_of_a_delivery_takes_no_other_ticket_away() -> None:
    desk = Desk("zammad_default_ticket_closed")
    assert desk.tell(desk.told.at).result == "accepted"
    assert desk.tell(desk.told.at, desk.changed(ticket__number="7")).result == "accepted"


def test_long_ids_that_begin_alike_are_two_tickets() -> None:
    desk = Desk("zammad_default_ticket_closed")
    ids = ["9" * 300, "9" * 301, "9" * 200]
    results = {desk.tell(desk.told.at, desk.changed(ticket__number=each)).id for each in ids}
    assert len(results) == 3
    assert desk.tell(desk.told.at, desk.changed(ticket__number=ids[0])).result == "duplicate"


@pytest.mark.parametrize("number", ["48213", 48213, " 48213 "])
def test_a_number_and_its_text_are_one_ticket(number: object) -> None:
    desk = Desk("zammad_default_ticket_closed")
    desk.tell(desk.told.at, x_zammad_delivery="one")
    raw = desk.changed(ticket__number=number)
    assert desk.tell(desk.told.at, raw, x_zammad_delivery="two").result == "duplicate"


def test_a_placeholder_that_a_tool_could_not_fill_is_no_time() -> None:
    desk = Desk("zammad_custom_payload_template")
    odd = "#{ticket.last_close_at / no such method}"
    filled = {
        "ticket__closed_at": odd,
        "ticket__number": "7",
        "ticket__status": "closed",
        "requester__email": "ana@example.com",
    }
    for days in (0, 2):
        at = desk.told.at + timedelta(days=days)
        assert desk.tell(at, desk.changed(**filled), x_zammad_delivery=f"{days}").id
    assert len(desk.asked) == 2
