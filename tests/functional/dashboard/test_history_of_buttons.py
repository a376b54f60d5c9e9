"""The line in the history says which button of a form was pressed."""

from typing import Any

import pytest

from chalicelib import moments
from chalicelib.invitations import wiring as people_wiring
from tests.functional.conftest import HOOK, Heed
from tests.functional.dashboard.test_every_page_is_noted import (  # noqa: F401 - for each test
    BUTTONS,
    HERE,
    SETUP,
    _ready,
    act,
)
from tests.functional.dashboard.test_set_up_invitations import waiting
from tests.support.deliveries import WEBHOOK
from tests.support.lines import lines
from tests.support.members import add_member, signed_in
from tests.support.samples import SURVEY
from tests.support.webhooks import stored_webhook

PERSON = {"email": "anna@example.com"}
TEAM = {"name": "Service Desk", "owner_rule": "queue", "digest": "weekly"}


def places(heed: Heed) -> dict[str, tuple[str, dict[str, Any]]]:
    """By page: where its buttons send to, with what."""
    stored_webhook()
    heed.call("POST", "/v1/people", PERSON)
    person = people_wiring.person_of(PERSON["email"])
    people_wiring.people().mark(person, "unsubscribed", moments.now())
    member = add_member(address="ola@example.com").id
    return {
        "close_survey": (f"{HERE}/closing", {}),
        "change_invitation": (f"{HERE}/invitations", {"invitation": waiting(heed)}),
        "change_month": (f"{HERE}/reports/2026-10", {"heard": "The Wi-Fi drops.", "did": ""}),
        "change_hook": (f"{SETUP}/helpdesks/zendesk/{HOOK}", {}),
        "change_webhook": (f"{SETUP}/webhooks/{WEBHOOK.id}", {}),
        "change_team": (f"{SETUP}/teams/desk", TEAM),
        "change_members": (f"{SETUP}/members/{member}", {"role": "viewer"}),
        "put_person": (f"{SETUP}/people", {**PERSON, "asks_back": PERSON["email"]}),
        "change_person": (f"{SETUP}/people/{person}", {"role": "manager"}),
    }


def closed(heed: Heed) -> None:
    heed.call("DELETE", f"/v1/hooks/zendesk/{HOOK}")
    heed.call("POST", f"/v1/surveys/{SURVEY.id}/closing")


def pressed(heed: Heed, page: str, button: str) -> tuple[int, list[str]]:
    """The status, and the lines that members left."""
    if button in ("open", "delete") and page == "close_survey":
        closed(heed)
    at, fields = places(heed)[page] if page != "close_survey" else (f"{HERE}/closing", {})
    answer = act(at, **{**fields, "act": button})(signed_in(heed), heed)
    return answer.status_code, [name for name, _, by in lines(heed) if by.startswith("m-")]


@pytest.mark.parametrize(
    ("page", "button", "line"),
    [
        (page, button, line)
        for page, buttons in BUTTONS.items()
        for button, line in buttons.items()
        if line != "send_invitation"  # of one that waits: refused
    ],
)
def test_it_names_what_was_done(heed: Heed, page: str, button: str, line: str) -> None:
    status, left = pressed(heed, page, button)
    assert status in (201, 303)
    assert left == [line]


def test_what_was_refused_leaves_none(heed: Heed) -> None:
    assert pressed(heed, "change_invitation", "send") == (409, [])
