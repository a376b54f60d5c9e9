"""The directory knows what a help desk cannot tell: the role, the location, the account."""

from typing import Any

import pytest

from chalicelib.invitations.items import from_item
from chalicelib.invitations.token import Purpose
from tests.functional.conftest import Heed
from tests.functional.helpdesks.test_hooks import deliver
from tests.support.directory import INGRID, PEOPLE, known
from tests.support.filling import BROWSER, PRESSED, filled_in
from tests.support.given_surveys import body_of
from tests.support.invitations import ASKED, INVITATIONS
from tests.support.measured import Cost, cost_of
from tests.support.samples import SURVEY
from tests.support.wave import DEFINITION, PATH
from tests.support.wave import PEOPLE as ASKED_AT_ONCE

OF = {"group": "team", "position": "role", "site": "location"}


@pytest.fixture
def desk(heed: Heed) -> Heed:
    said = body_of(SURVEY, "id") | {"segments": list(OF), "segment_of": OF}
    assert heed.call("PUT", f"/v1/surveys/{SURVEY.id}", said).status_code == 200
    heed.call("PUT", "/v1/accounts/fjordline", {"name": "Fjordline"})
    facts = {"role": "manager", "location": "Oslo", "account": "fjordline", "language": "sv"}
    known(heed, **facts)
    return heed


def asked(heed: Heed) -> Any:
    (item,) = heed.items("INVITE")
    return from_item(item)


def test_a_help_desk_s_trigger_gets_role_location_and_account(desk: Heed) -> None:
    assert deliver(desk).status_code == 202
    made = asked(desk)
    assert made.segments == ("group=IT Service Desk", "position=manager", "site=Oslo")
    assert (made.account, made.locale) == (
        "fjordline",
        "sv",
    )  # the directory stands before the trigger


def test_the_hook_makes_no_call_more_for_it(desk: Heed) -> None:
    known(desk, "first@example.com", role="manager")
    deliver(desk, delivery="warm")
    body = {"id": "1", "updated_at": "2026-11-20T09:00:00Z"}
    trigger = {"event": "ticket.solved", "ticket": body, "group": "A", "organization": "B"}
    trigger["requester"] = {"email": "first@example.com", "name": "First", "language": "English"}
    cost = cost_of(lambda: deliver(desk, trigger) and None)
    assert isinstance(cost, Cost)
    assert (cost.calls, cost.reads) == (3, 3.0)


def test_what_a_program_says_stands_and_the_rest_is_filled_in(desk: Heed) -> None:
    said = {"email": INGRID, "segments": {"position": "consultant"}, "account": "nordlys"}
    made = desk.call("POST", INVITATIONS, said).json_body
    assert made["segments"] == {"position": "consultant", "site": "Oslo"}
    assert (made["account"], made["locale"]) == ("nordlys", "sv")


def test_links_get_it_too(desk: Heed) -> None:
    said = {"email": INGRID, "ticket": {"id": "T-1"}}
    made = desk.call("POST", f"/v1/surveys/{SURVEY.id}/links", said)
    assert made.status_code == 201
    assert (asked(desk).segments, asked(desk).account) == (
        ("position=manager", "site=Oslo"),
        "fjordline",
    )


def test_it_is_frozen_with_the_asking(desk: Heed) -> None:
    made = desk.call("POST", INVITATIONS, ASKED).json_body
    known(desk, role="team member", location="Bergen")
    path = f"/r/{desk.token(desk.items('INVITE')[0], Purpose.ANSWER)}"
    page = desk.http.get(f"{path}/9", headers=BROWSER)
    assert desk.post_form(path, filled_in(page, 9, "") | PRESSED).status_code == 200
    (response,) = desk.items("RESPONSE")
    assert response["segments"] == [f"{name}={value}" for name, value in made["segments"].items()]
    assert response["account"] == "fjordline"


def test_a_wave_is_grouped_by_it(heed: Heed) -> None:
    said = DEFINITION | {"segments": ["position"], "segment_of": {"position": "role"}}
    assert heed.call("PUT", PATH, said).status_code == 200
    people = [{"email": person["email"]} for person in ASKED_AT_ONCE]
    for number, person in enumerate(people):
        known(heed, person["email"], role="manager" if number < 12 else "team member")
    made = heed.call("POST", f"{PATH}/waves", {"people": people}).json_body
    assert made["groups"] == ["position=manager", "position=team member"]
    assert all(item["segments"] == [] for item in heed.items("INVITE"))


def test_a_confidential_survey_keeps_the_group_and_no_account(desk: Heed) -> None:
    listed = {"position": ["manager", "team member"]}
    said = body_of(SURVEY, "id") | {
        "identity": "confidential",
        "segments": ["position"],
        "segment_of": {"position": "role"},
        "segment_values": listed,
    }
    assert desk.call("PUT", "/v1/surveys/sealed", said).status_code == 200
    made = desk.call("POST", "/v1/surveys/sealed/invitations", {"email": INGRID}).json_body
    assert (made["segments"], made["account"], made["locale"]) == ({}, None, "sv")
    assert asked(desk).places == (0,)


def test_who_is_not_in_the_directory_is_asked_as_before(desk: Heed) -> None:
    desk.call("DELETE", f"{PEOPLE}/{known(desk)}")
    made = desk.call("POST", INVITATIONS, ASKED).json_body
    assert (made["segments"], made["account"]) == ({"group": "Network"}, None)
