"""Webhooks over the API: made, shown, changed, rotated, deleted."""

from typing import Any

import pytest

from chalicelib import targets
from chalicelib.api_keys.api_key import Scope
from chalicelib.errors import LookupFailed
from chalicelib.webhooks.change_webhooks import MOST_WEBHOOKS
from tests.functional.conftest import Heed
from tests.support.problems import problem
from tests.support.samples import SURVEY
from tests.support.webhooks import kept_secrets, stored_webhook

PATH = "/v1/webhooks"
SLACK = "https://hooks.slack.com/services/T0/B0/very-secret"
BODY = {
    "name": "Warehouse",
    "url": "https://hooks.example.com/in",
    "events": ["ResponseRecorded", "TaskClosed"],
    "team": "desk",
}


def made(heed: Heed, **changes: object) -> Any:
    answer = heed.call("POST", PATH, {**BODY, **changes})
    assert answer.status_code == 201, answer.body
    return answer.json_body


def refused(heed: Heed, **changes: object) -> tuple[int, str]:
    answer = heed.call("POST", PATH, {**BODY, **changes})
    return answer.status_code, answer.json_body["errors"][0]["code"]


def test_a_webhook_shows_its_secret_once(desk: Heed) -> None:
    webhook = made(desk)
    assert webhook["secret"].startswith("whsec_")
    shown = desk.call("GET", f"{PATH}/{webhook['id']}")
    listed = desk.call("GET", PATH)
    assert {**shown.json_body, "secret": webhook["secret"]} == webhook
    assert listed.json_body["items"] == [shown.json_body]
    for answer in (shown, listed):
        assert webhook["secret"] not in answer.body.decode()
    assert webhook["secret"] not in str(desk.stored())


def test_the_same_request_twice_makes_one_and_shows_its_secret_once(desk: Heed) -> None:
    first, second = (desk.call("POST", PATH, BODY, Idempotency_Key="one") for _ in range(2))
    assert first.json_body["id"] == second.json_body["id"]
    assert (first.json_body["secret"] is None, second.json_body["secret"]) == (False, None)
    assert len(desk.items("WEBHOOK")) == 1


@pytest.mark.parametrize("kind", ["slack", "teams"])
def test_an_address_that_is_a_secret_is_never_shown(desk: Heed, kind: str) -> None:
    webhook = made(desk, kind=kind, url=SLACK)
    assert (webhook["url"], webhook["host"], webhook["secret"]) == (None, "hooks.slack.com", None)
    assert kept_secrets()[webhook["id"]]["url"] == SLACK
    assert "very-secret" not in str(desk.stored())
    assert "very-secret" not in desk.call("GET", PATH).body.decode()


def test_such_an_address_can_be_replaced(desk: Heed) -> None:
    path = f"{PATH}/{made(desk, kind='slack', url=SLACK)['id']}"
    newer = SLACK + "-newer"
    assert desk.call("PATCH", path, {"url": newer}).json_body["url"] is None
    assert [kept["url"] for kept in kept_secrets().values()] == [newer]
    assert problem(desk.call("POST", f"{path}/secrets"))[0] == 409


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": "http://hooks.example.com/"}, (409, "url_not_public")),
        ({"url": "https://127.0.0.1/"}, (409, "url_not_public")),
        ({"url": "https://hooks.example.com:8443/"}, (409, "url_not_public")),
        ({"url": "ftp://hooks.example.com/"}, (422, "string_pattern_mismatch")),
        ({"events": ["LetterQueued"]}, (422, "literal_error")),
        ({"events": []}, (422, "too_short")),
        ({"surveys": ["nobody"]}, (409, "survey_unknown")),
        ({"team": "nobody"}, (409, "team_unknown")),
    ],
)
def test_what_cannot_be_is_refused(desk: Heed, changes: Any, said: tuple[int, str]) -> None:
    assert refused(desk, **changes) == said
    assert desk.items("WEBHOOK") == []
    assert kept_secrets() == {}


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1"])
def test_a_name_that_leads_inside_is_refused(
    desk: Heed, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(targets, "resolve", lambda host, port: ["8.8.8.8", address])
    assert refused(desk) == (409, "address_not_public")


def test_a_name_that_nobody_knows_is_refused(desk: Heed, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise LookupFailed

    monkeypatch.setattr(targets, "resolve", unknown)
    assert refused(desk) == (409, "host_unknown")


def test_there_are_only_so_many(desk: Heed) -> None:
    for number in range(MOST_WEBHOOKS):
        stored_webhook(id=f"webhook{number}")
    assert refused(desk) == (409, "too_many_webhooks")


def test_what_is_left_out_of_a_change_stays(desk: Heed) -> None:
    webhook = made(desk, surveys=[SURVEY.id])
    path = f"{PATH}/{webhook['id']}"
    changed = desk.call("PATCH", path, {"name": "Other", "events": ["TaskOpened"]}).json_body
    kept = {name: value for name, value in webhook.items() if name != "secret"}
    assert changed == {**kept, "name": "Other", "events": ["TaskOpened"]}
    assert desk.call("GET", path).json_body == changed


def test_a_webhook_is_turned_off_and_on(desk: Heed) -> None:
    path = f"{PATH}/{made(desk)['id']}"
    off = desk.call("PATCH", path, {"enabled": False}).json_body
    assert (off["enabled"], off["off"]) == (False, "by_key")
    assert problem(desk.call("POST", f"{path}/test"))[0] == 409
    on = desk.call("PATCH", path, {"enabled": True}).json_body
    assert (on["enabled"], on["off"]) == (True, None)


def test_two_secrets_sign_until_the_rotation_ends(desk: Heed) -> None:
    webhook = made(desk)
    path = f"{PATH}/{webhook['id']}/secrets"
    second = desk.call("POST", path).json_body["secret"]
    assert kept_secrets()[webhook["id"]]["secrets"] == [second, webhook["secret"]]
    assert problem(desk.call("POST", path))[0] == 409
    assert desk.call("DELETE", path).status_code == 204
    assert kept_secrets()[webhook["id"]]["secrets"] == [second]


def test_a_webhook_that_is_deleted_leaves_no_secret(desk: Heed) -> None:
    path = f"{PATH}/{made(desk)['id']}"
    assert desk.call("DELETE", path).status_code == 204
    assert desk.call("GET", path).status_code == 404
    assert (desk.items("WEBHOOK"), kept_secrets()) == ([], {})


def test_whoever_may_not_see_people_gives_nobody_their_answers(desk: Heed) -> None:
    key = desk.make_key(*(set(Scope) - {Scope.PEOPLE_READ}))
    webhook = made(desk)
    path = f"{PATH}/{webhook['id']}"
    for method, address, body in (
        ("POST", PATH, BODY),
        ("PATCH", path, {"url": "https://other.example.com/"}),
        ("POST", f"{path}/secrets", None),
        ("POST", f"{path}/test", None),
        ("GET", f"{path}/deliveries", None),
        ("POST", f"{path}/deliveries/replays", {"since": "2026-11-20T00:00:00Z"}),
    ):
        assert desk.call(method, address, body, key=key).status_code == 403, (method, address)
    assert desk.call("GET", path, key=key).status_code == 200


def test_a_limited_key_makes_one_for_its_own_surveys_alone(desk: Heed) -> None:
    key = desk.make_key(*Scope, surveys=[SURVEY.id])
    assert desk.call("POST", PATH, BODY, key=key).status_code == 403
    own = desk.call("POST", PATH, {**BODY, "surveys": [SURVEY.id]}, key=key)
    assert own.status_code == 201
    foreign = made(desk)
    assert desk.call("GET", f"{PATH}/{foreign['id']}", key=key).status_code == 404
    listed = desk.call("GET", PATH, key=key).json_body["items"]
    assert [item["id"] for item in listed] == [own.json_body["id"]]
