"""The buttons of a Slack webhook's messages: put there by its signing secret, and taken away."""

import io
from typing import Any

import pytest

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.notify.chat import action_wiring
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import opened
from tests.support.problems import problem
from tests.support.slack_press import signed, taken
from tests.support.webhooks import kept_secrets

URL = "https://hooks.slack.com/services/T0/B0/very-secret"
BODY = {"name": "Desk", "kind": "slack", "url": URL, "events": ["TaskOpened"], "team": "desk"}
FIRST, SECOND, THIRD = (f"{name}-signing-secret" for name in ("first", "second", "third"))


@pytest.fixture
def path(desk: Heed, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(action_wiring, "_answer", lambda url, message: None)
    return f"/v1/webhooks/{made(desk)['id']}/actions"


def made(heed: Heed, **changes: object) -> Any:
    answer = heed.call("POST", "/v1/webhooks", {**BODY, **changes})
    assert answer.status_code == 201, answer.body
    return answer.json_body


def put(heed: Heed, path: str, secret: str = FIRST, key: str | None = None) -> int:
    status: int = heed.call("PUT", path, {"signing_secret": secret}, key).status_code
    return status


def pressed(heed: Heed, path: str, secret: str) -> int:
    raw = taken("nobody")
    sent = signed(raw, moments.now(), secret)
    status: int = heed.call("POST", path, raw, **sent).status_code
    return status


def test_presses_are_heard_from_the_secret_on_and_no_more_when_it_goes(
    desk: Heed, path: str
) -> None:
    assert pressed(desk, path, FIRST) == 401
    answer = desk.call("PUT", path, {"signing_secret": FIRST})
    assert answer.json_body == {"request_url": f"https://heed.example.com{path}"}
    assert pressed(desk, path, FIRST) == 200
    assert desk.call("DELETE", path).status_code == 204
    assert pressed(desk, path, FIRST) == 401
    assert desk.call("DELETE", path).status_code == 204


def test_the_secret_before_stays_valid_until_the_next(desk: Heed, path: str) -> None:
    for secret in (FIRST, SECOND, SECOND):
        put(desk, path, secret)
    assert [pressed(desk, path, secret) for secret in (FIRST, SECOND)] == [200, 200]
    put(desk, path, THIRD)
    found = [pressed(desk, path, secret) for secret in (FIRST, SECOND, THIRD)]
    assert found == [401, 200, 200]


def test_the_address_stays_as_it_is_and_nothing_is_shown(
    desk: Heed, path: str, log_lines: io.StringIO
) -> None:
    answer = desk.call("PUT", path, {"signing_secret": FIRST})
    (kept,) = kept_secrets().values()
    assert kept == {"secrets": [FIRST], "url": URL}
    told = answer.body + desk.call("GET", "/v1/webhooks").body
    assert FIRST not in told.decode() + str(desk.stored()) + log_lines.getvalue()


@pytest.mark.parametrize("kind", ["standard", "teams"])
def test_only_slack_has_buttons(desk: Heed, kind: str) -> None:
    url = "https://example.com/x"
    path = f"/v1/webhooks/{made(desk, kind=kind, url=url)['id']}/actions"
    before = kept_secrets()
    answer = desk.call("PUT", path, {"signing_secret": FIRST})
    assert (answer.status_code, answer.json_body["errors"][0]["code"]) == (409, "not_slack")
    assert desk.call("DELETE", path).status_code == 204
    assert kept_secrets() == before


@pytest.mark.parametrize("secret", ["", "short", "with a blank in it, and long", "\u00e9" * 20])
def test_what_is_no_signing_secret_is_refused(desk: Heed, path: str, secret: str) -> None:
    assert put(desk, path, secret) == 422


def test_a_key_that_may_not_know_people_puts_no_buttons(desk: Heed, path: str) -> None:
    assert put(desk, path, key=desk.make_key(Scope.WEBHOOKS_WRITE)) == 403
    assert put(desk, path, key=desk.make_key(Scope.WEBHOOKS_READ, Scope.PEOPLE_READ)) == 403
    both = desk.make_key(Scope.WEBHOOKS_WRITE, Scope.PEOPLE_READ)
    assert put(desk, path, key=both) == 200


def test_a_key_reaches_the_webhooks_of_its_surveys(desk: Heed, path: str) -> None:
    key = desk.make_key(Scope.WEBHOOKS_WRITE, Scope.PEOPLE_READ, surveys=["another"])
    assert problem(desk.call("PUT", path, {"signing_secret": FIRST}, key)) == (404, "not-found")
    assert problem(desk.call("DELETE", path, key=key)) == (404, "not-found")
    assert pressed(desk, path, FIRST) == 401


def test_a_deleted_webhook_hears_nothing(desk: Heed, path: str) -> None:
    put(desk, path)
    task = opened("a")
    desk.call("DELETE", path.removesuffix("/actions"))
    assert pressed(desk, path, FIRST) == 404
    assert desk.call("GET", f"/v1/tasks/{task}").json_body["state"] == "open"
