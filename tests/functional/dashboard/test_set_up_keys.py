"""Keys, help desks and webhooks are made on pages, which show a secret once."""

import re
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.helpdesks import registry, wiring
from chalicelib.helpdesks.delivery_log import Line
from chalicelib.members.role import SCOPES, Role
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.teams import wiring as teams_wiring
from chalicelib.teams.team import Team
from tests.functional.conftest import HOOK, Heed
from tests.support.members import Browser, signed_in
from tests.support.samples import SURVEY
from tests.support.setup_pages import fields_in, send

KEYS, DESKS, WEBHOOKS = "/app/setup/keys", "/app/setup/helpdesks", "/app/setup/webhooks"
TEAM = {"name": "Desk", "people": [{"id": "kari", "name": "Kari", "email": "kari@example.com"}]}


@pytest.fixture
def browser(heed: Heed) -> Browser:
    return signed_in(heed)


def text_of(page: Any) -> str:
    return str(page.body.decode())


def secret_on(page: Any) -> str:
    found = re.findall(r'<input id="secret"[^>]* value="([^"]+)"', text_of(page))
    return found[0] if found else ""


def test_a_key_that_is_made_opens_the_api(heed: Heed, browser: Browser) -> None:
    made = send(browser, browser.open(KEYS), KEYS, name="Reports", scopes=["scores:read"])
    assert made.status_code == 201
    address = f"/v1/surveys/{SURVEY.id}/scores"
    assert heed.call("GET", address, key=secret_on(made)).status_code == 200
    assert secret_on(made) not in text_of(browser.open(KEYS))


def test_a_form_that_is_sent_twice_makes_one_key(browser: Browser) -> None:
    page = browser.open(KEYS)
    first, again = (send(browser, page, KEYS, name="Reports", scopes=["read"]) for _ in range(2))
    assert secret_on(first)
    assert secret_on(again) == ""
    assert text_of(browser.open(KEYS)).count("<bdi>Reports</bdi>") == 1


def test_a_key_that_is_revoked_opens_nothing(heed: Heed, browser: Browser) -> None:
    made = send(browser, browser.open(KEYS), KEYS, name="Old", scopes=["surveys:read"])
    (key,) = re.findall(
        r'<bdi>Old</bdi><br><code class="quiet">(\w+)<', text_of(browser.open(KEYS))
    )
    page = browser.open(KEYS)
    answer = send(browser, page, f"{KEYS}/revocation", form=f"revoke-{key}")
    assert "Revoked." in text_of(browser.follow(answer))
    assert heed.call("GET", "/v1/surveys", key=secret_on(made)).status_code == 401


def test_a_key_without_a_scope_is_told_at_its_field(browser: Browser) -> None:
    answer = send(browser, browser.open(KEYS), KEYS, name="Reports", scopes="")
    assert answer.status_code == 422
    assert re.findall(r'id="e-([^"]+)"', text_of(answer)) == ["scopes"]
    assert fields_in(answer)["name"] == ["Reports"]


def test_a_member_gives_away_no_more_than_they_have(heed: Heed) -> None:
    browser = signed_in(heed, surveys=[SURVEY.id])
    answer = send(browser, browser.open(KEYS), KEYS, name="All", scopes=["read"])
    assert answer.status_code == 409
    assert "surveys" in re.findall(r'id="e-([^"]+)"', text_of(answer))


def test_a_hook_is_made_with_its_address_and_the_text_to_paste(
    heed: Heed, browser: Browser
) -> None:
    made = send(browser, browser.open(DESKS), DESKS, source="zendesk", survey=SURVEY.id)
    assert made.status_code == 201
    (address,) = re.findall(r'<input id="address"[^>]* value="([^"]+)"', text_of(made))
    assert heed.call("GET", address.removeprefix("https://heed.example.com")).status_code == 200
    assert text_of(made).count(address) >= 2
    assert "{{ticket.requester.email}}" in text_of(made)
    assert len(secret_on(made)) >= 32


def test_every_survey_is_offered_however_many_there_are(heed: Heed, browser: Browser) -> None:
    heed.call("PUT", "/v1/teams/desk", {"name": "Desk"})
    for number in range(101):
        made = replace(SURVEY, id=f"survey-{number:03}")
        surveys_wiring.surveys().put(made)
    for page in (DESKS, KEYS, WEBHOOKS, "/app/setup/members"):
        assert "survey-100" in text_of(browser.open(page))


def test_every_team_is_offered_however_many_there_are(heed: Heed, browser: Browser) -> None:
    teams = teams_wiring.teams()
    for number in range(101):
        teams.put(Team(f"team-{number:03}", f"Team {number}"), moments.now())
    for page in (WEBHOOKS, "/app/setup/new-survey", "/app/tasks"):
        assert "team-100" in text_of(browser.open(page))


def test_every_help_desk_is_offered(browser: Browser) -> None:
    offered = re.findall(r'<option value="([^"]+)"', text_of(browser.open(DESKS)))
    assert set(registry.names()) <= set(offered)


def test_a_hook_shows_what_came_and_why_it_was_ignored(heed: Heed, browser: Browser) -> None:
    made = send(browser, browser.open(DESKS), DESKS, source="zendesk", survey=SURVEY.id)
    (here,) = re.findall(rf'class="button" href="({DESKS}/[^"]+)"', text_of(made))
    assert "Nothing came yet" in text_of(browser.open(here))
    source, hook_id = here.split("/")[-2:]
    hook = wiring.hooks().get(source, hook_id)
    line = Line(moments.now(), "ignored", "address_unknown", "35436")
    wiring.delivery_log().add(hook, line)
    shown = text_of(browser.open(here))
    assert "35436" in shown
    assert "No e-mail address came, and the directory does not know the person." in shown
    assert '<code class="quiet">address_unknown</code>' in shown


def test_a_secret_that_the_help_desk_made_is_shown_by_nobody(browser: Browser) -> None:
    given = "revealed-by-the-help-desk"
    made = send(browser, browser.open(DESKS), DESKS, secret=given)
    assert given not in text_of(made)


def test_a_secret_that_is_too_short_is_told_at_its_field(browser: Browser) -> None:
    answer = send(browser, browser.open(DESKS), DESKS, secret="short")
    assert answer.status_code == 422
    assert re.findall(r'id="e-([^"]+)"', text_of(answer)) == ["secret"]


def test_a_secret_is_rotated_and_the_hook_disconnected(browser: Browser) -> None:
    made = send(browser, browser.open(DESKS), DESKS, source="zendesk", survey=SURVEY.id)
    (here,) = re.findall(rf'class="button" href="({DESKS}/[^"]+)"', text_of(made))
    new = send(browser, browser.open(here), here, act="secret", secret="")
    assert secret_on(new)
    third = send(browser, browser.open(here), here, act="secret", secret="")
    assert third.status_code == 409
    send(browser, browser.open(here), here, form="act-newest", act="newest")
    send(browser, browser.open(here), here, form="act-delete", act="delete")
    assert browser.open(here).status_code == 404


def webhook(heed: Heed, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("chalicelib.targets.resolve", lambda *_: ["93.184.215.14"])
    heed.call("PUT", "/v1/teams/desk", TEAM)
    typed = {"name": "Warehouse", "url": "https://hooks.example.com/heed", "team": "desk"}
    return send(browser, browser.open(WEBHOOKS), WEBHOOKS, **typed)


def test_a_webhook_is_made_tested_turned_off_and_deleted(
    heed: Heed, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = webhook(heed, browser, monkeypatch)
    assert made.status_code == 201
    assert secret_on(made).startswith("whsec_")
    ((here, _),) = re.findall(
        r'href="(/app/setup/webhooks/(\w+))"', text_of(browser.open(WEBHOOKS))
    )
    send(browser, browser.open(here), here, form="act-test", act="test")
    assert "Test" in text_of(browser.open(here))
    send(browser, browser.open(here), here, form="act-off", act="off")
    assert "Turn on" in text_of(browser.open(here))
    send(browser, browser.open(here), here, form="act-delete", act="delete")
    assert browser.open(here).status_code == 404


def test_a_webhook_needs_a_public_address(heed: Heed, browser: Browser) -> None:
    heed.call("PUT", "/v1/teams/desk", TEAM)
    typed = {"name": "Warehouse", "url": "http://10.0.0.1/", "team": "desk"}
    answer = send(browser, browser.open(WEBHOOKS), WEBHOOKS, **typed)
    assert "url" in re.findall(r'id="e-([^"]+)"', text_of(answer))
    assert fields_in(answer)["name"] == ["Warehouse"]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("page", "scope"),
    [
        (KEYS, Scope.KEYS_WRITE),
        (DESKS, Scope.HOOKS_WRITE),
        (f"{DESKS}/zendesk/{HOOK}", Scope.HOOKS_WRITE),
        (WEBHOOKS, Scope.WEBHOOKS_READ),
    ],
)
def test_a_page_is_there_for_who_has_its_scope(
    heed: Heed, role: Role, page: str, scope: Scope
) -> None:
    answer = signed_in(heed, role).open(page)
    assert answer.status_code == (200 if scope in SCOPES[role] else 404)


def test_a_member_of_other_surveys_sees_no_hook_and_no_key(heed: Heed) -> None:
    browser = signed_in(heed, surveys=["another"])
    assert HOOK not in text_of(browser.open(DESKS))
    assert browser.open(f"{DESKS}/zendesk/{HOOK}").status_code == 404
    assert "revoke-" not in text_of(browser.open(KEYS))
