"""Every form of the pages that changes something leaves a line in the history, with the change."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest

from chalicelib import targets, wiring
from chalicelib.members.role import Role
from tests.functional.conftest import HOOK, Heed
from tests.functional.dashboard import test_set_up_invitations as invitations
from tests.functional.dashboard import test_set_up_surveys as surveys
from tests.functional.dashboard import test_set_up_teams as teams
from tests.support.app_pages import PAGES, Served
from tests.support.deliveries import WEBHOOK
from tests.support.kept_secrets import HOOK_SECRET, write_secrets
from tests.support.lines import is_noted, lines
from tests.support.members import Browser, add_member, form_in, signed_in
from tests.support.samples import SURVEY
from tests.support.setup_pages import fields_in, send
from tests.support.webhooks import put_team, stored_webhook

SETUP = "/app/setup"
HERE = f"{SETUP}/surveys/{SURVEY.id}"
OLA = {"email": "ola@example.com", "name": "Ola", "role": "team"}
HOOKED = {"name": "Reports", "url": "https://hooks.example.com/heed", "team": "desk"}
Send = Callable[[Browser, Heed], Any]


def form(shown: str, at: str = "", **fields: object) -> Send:
    """Of the page `shown`, to `at` or to itself."""

    def sent(browser: Browser, heed: Heed) -> Any:
        return send(browser, browser.open(shown), at or shown, **fields)

    return sent


def act(at: str, **fields: object) -> Send:
    """A form that is a button."""

    def sent(browser: Browser, heed: Heed) -> Any:
        return browser.post(at, {"csrf": token(browser), **fields})

    return sent


def token(browser: Browser) -> str:
    return fields_in(browser.open(HERE))["csrf"][0]


def revoke(browser: Browser, heed: Heed) -> Any:
    return act(f"{SETUP}/keys/revocation", key=heed.items("KEY")[0]["id"])(browser, heed)


def cancel(browser: Browser, heed: Heed) -> Any:
    made = invitations.waiting(heed)
    return act(f"{HERE}/invitations", invitation=made, act="cancel")(browser, heed)


def member(browser: Browser, heed: Heed) -> Any:
    ola = add_member(Role.TEAM, "ola@example.com")
    return act(f"{SETUP}/members/{ola.id}", act="remove")(browser, heed)


def webhook(browser: Browser, heed: Heed) -> Any:
    stored_webhook()
    return act(f"{SETUP}/webhooks/{WEBHOOK.id}", act="off")(browser, heed)


def person(browser: Browser, heed: Heed) -> Any:
    heed.call("POST", "/v1/people", {"email": "anna@example.com"})
    (here,) = re.findall(
        rf'href="({SETUP}/people/\w+)"', browser.open(f"{SETUP}/people").body.decode()
    )
    return act(here, act="delete")(browser, heed)


def brand(browser: Browser, heed: Heed) -> Any:
    at = f"{SETUP}/brand"
    _, hidden = form_in(browser.open(at))
    return browser.upload(at, hidden | {"name": "Acme", "accent": ""}, [])


# What is sent to each page.
SENDS: dict[str, Send] = {
    "/app/setup/brand": brand,
    "/app/setup/new-survey": form(surveys.NEW, **surveys.TYPED),
    "/app/setup/surveys/{survey}": form(HERE, name="Renamed"),
    "/app/setup/surveys/{survey}/test": form(HERE, f"{HERE}/test"),
    "/app/setup/surveys/{survey}/closing": act(f"{HERE}/closing", act="close"),
    "/app/setup/surveys/{survey}/invitations": cancel,
    "/app/setup/surveys/{survey}/reports/{month}": form(
        f"{HERE}/reports/2026-10", act="save", heard="The Wi-Fi drops.", did=""
    ),
    "/app/setup/helpdesks": form(f"{SETUP}/helpdesks", source="zendesk", survey=SURVEY.id),
    "/app/setup/helpdesks/{source}/{hook}": act(f"{SETUP}/helpdesks/zendesk/{HOOK}", act="newest"),
    "/app/setup/keys": form(f"{SETUP}/keys", name="Reports", scopes=["scores:read"]),
    "/app/setup/keys/revocation": revoke,
    "/app/setup/webhooks": form(f"{SETUP}/webhooks", **HOOKED),
    "/app/setup/webhooks/{webhook}": webhook,
    "/app/setup/new-team": form(teams.NEW, **teams.TYPED | {"id": "new"}),
    "/app/setup/teams/{team}": act(f"{SETUP}/teams/desk", act="delete"),
    "/app/setup/members": form(f"{SETUP}/members", **OLA),
    "/app/setup/members/{member}": member,
    "/app/setup/people": form(f"{SETUP}/people", email="anna@example.com", role="manager"),
    "/app/setup/people/{person}": person,
}
# Where one form does several things: what each of its buttons leaves.
BUTTONS: dict[str, dict[str, str]] = {
    "close_survey": {"close": "close_survey", "open": "open_survey", "delete": "delete_survey"},
    "change_invitation": {"cancel": "cancel_invitation", "send": "send_invitation"},
    "change_month": {"save": "put_report", "send": "send_month"},
    "change_hook": {
        "secret": "add_secret",
        "newest": "delete_older_secret",
        "delete": "delete_hook",
    },
    "change_webhook": {
        "off": "change_webhook",
        "test": "test_webhook",
        "secret": "add_webhook_secret",
        "newest": "delete_older_webhook_secret",
        "delete": "delete_webhook",
    },
    "change_team": {"": "change_team", "delete": "delete_team"},
    "change_members": {"": "change_members", "remove": "remove_member"},
    "put_person": {"": "put_person", "resubscribe": "resubscribe"},
    "change_person": {"": "change_person", "delete": "delete_person"},
}
NOTED = [served for served in PAGES if is_noted(served.page, served.method)]


@pytest.fixture(autouse=True)
def _ready(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(targets, "resolve", lambda host, port: ["93.184.216.34"])
    put_team()
    yield
    write_secrets({HOOK: [HOOK_SECRET]})
    client = boto3.client("secretsmanager", region_name="us-east-1")
    client.delete_secret(SecretId="webhook-secrets", ForceDeleteWithoutRecovery=True)
    client.create_secret(Name="webhook-secrets", SecretString="{}")
    wiring.secrets.cache_clear()


@pytest.mark.parametrize("served", NOTED, ids=lambda served: served.path)
def test_a_form_leaves_its_line(heed: Heed, served: Served) -> None:
    assert served.path in SENDS, (
        f"The form of {served.path} changes something: give in SENDS how it is sent, or say in its"
        ' declaration why the history needs no line of it: not_noted="..."'
    )
    answer = SENDS[served.path](signed_in(heed), heed)
    assert answer.status_code in (201, 303), answer.body
    ((name, what, by),) = [line for line in lines(heed) if line[2].startswith("m-")]
    assert name in BUTTONS.get(served.page.name, {"": served.page.name}).values()
    assert by in [item["id"] for item in heed.items("MEMBER")]
    assert "anna" not in what
    assert "{" not in what or "{person}" in what


def test_no_page_is_sent_that_needs_no_line() -> None:
    assert set(SENDS) <= {served.path for served in NOTED}


@pytest.mark.parametrize(
    "served",
    [one for one in PAGES if one.method == "POST" and one.page.not_noted],
    ids=lambda served: served.path,
)
def test_a_form_that_needs_no_line_says_why(served: Served) -> None:
    assert len(served.page.not_noted.split()) > 3
