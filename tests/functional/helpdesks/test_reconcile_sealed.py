"""By night a confidential survey gets what its webhook lost, and nobody learns more of it."""

import io
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import sealed_keys, wiring
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.helpdesks.test_hooks import changed, deliver
from tests.functional.helpdesks.test_reconcile import ago, asked, lines, night, tickets
from tests.support.pulled import Told, ZendeskSearch
from tests.support.roles import Watch
from tests.support.samples import SURVEY

GROUPS = {"segments": ["group"], "segment_values": {"group": ["IT & Service", "Payroll"]}}


@pytest.fixture(autouse=True)
def _confidential(heed: Heed) -> None:
    put(identity="confidential", throttle_days=0, **GROUPS)


def put(**changes: Any) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, **changes))
    surveys_wiring.catalogue.cache_clear()


def first_ask(heed: Heed) -> None:
    """By the webhook. It opens the box."""
    told = changed(ticket__updated_at=ago(6), group="Payroll")
    assert deliver(heed, told).json_body["status"] == "accepted"


def as_another_function() -> None:
    """It knows of the survey what stands in the table."""
    ballots_wiring.known_groups.cache_clear()


def counted(told: io.StringIO) -> list[str]:
    return [line for line in told.getvalue().splitlines() if '"sealed":1' in line]


def test_it_asks_about_what_was_lost_in_the_groups_of_the_box(
    heed: Heed, serve: Told, log_lines: io.StringIO
) -> None:
    first_ask(heed)
    as_another_function()
    serve("zendesk", ZendeskSearch(tickets=tickets(1, 2)))
    night()
    assert asked(heed) == ["1", "2", "48213"]
    assert ("1", "accepted", "reconciled") in lines(heed)
    assert counted(log_lines) == []
    places = {item["ticket"]["id"]: item["places"] for item in heed.items("INVITE")}
    assert places == {"1": [0], "2": [0], "48213": [1]}


def test_of_what_a_delivery_told_nobody_is_asked_twice(heed: Heed, serve: Told) -> None:
    first_ask(heed)
    as_another_function()
    found = tickets(48213, 7, hours=4)
    serve("zendesk", ZendeskSearch(tickets=found))
    for _ in range(2):
        night()
    assert asked(heed) == ["48213", "7"]
    late = changed(ticket__id="7", ticket__updated_at=found[1]["updated_at"])
    assert deliver(heed, late, delivery="late").json_body["reason"] == "taken_before"


def test_an_invitation_of_the_night_holds_what_one_of_the_webhook_holds(
    heed: Heed, serve: Told
) -> None:
    first_ask(heed)
    as_another_function()
    serve("zendesk", ZendeskSearch(tickets=tickets(1)))
    night()
    by_night, by_day = sorted(heed.items("INVITE"), key=lambda item: item["ticket"]["id"])
    assert by_night.keys() == by_day.keys()
    assert "account" not in by_night
    assert (by_night["segments"], by_day["segments"]) == ([], [])


def test_it_never_asks_for_anything_of_the_ballots(
    heed: Heed, serve: Told, roles: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_ask(heed)
    as_another_function()
    serve("zendesk", ZendeskSearch(tickets=tickets(1)))
    # Its function in the template has neither name, and has made no client of the table.
    for variable in ("HEED_BALLOTS", "HEED_BALLOT_KEYS"):
        monkeypatch.delenv(variable)
    wiring.ballot_table.cache_clear()
    ballots_wiring.ballot_keys.cache_clear()
    night()
    assert asked(heed) == ["1", "48213"]
    by_night = [request for who, request in roles.asked if who == "reconcile"]
    assert {request.table for request in by_night} == {"Heed"}
    assert (sealed_keys.groups(SURVEY.id).pk,) in {request.keys for request in by_night}


def test_before_the_first_ask_it_leaves_the_survey_alone_and_counts_it(
    heed: Heed, serve: Told, log_lines: io.StringIO
) -> None:
    serve("zendesk", ZendeskSearch(tickets=tickets(1)))
    night()
    assert (asked(heed), len(counted(log_lines))) == ([], 1)
    assert wiring.table().get(sealed_keys.groups(SURVEY.id)) is None


def test_an_anonymous_survey_is_asked_in_waves_and_left_alone(
    heed: Heed, serve: Told, log_lines: io.StringIO
) -> None:
    put(identity="anonymous")
    serve("zendesk", ZendeskSearch(tickets=tickets(1)))
    night()
    assert (asked(heed), len(counted(log_lines))) == ([], 1)


def test_what_stands_outside_the_ballots_is_the_names_of_the_groups(heed: Heed) -> None:
    first_ask(heed)
    found = wiring.table().get(sealed_keys.groups(SURVEY.id))
    key = sealed_keys.groups(SURVEY.id).as_item()
    groups = ["group=IT & Service", "group=Payroll"]
    assert found == {**key, "survey": SURVEY.id, "groups": groups}
