"""Hooks over the API: made, listed, rotated with two valid secrets, deleted."""

import base64
import hmac
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib import moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.aws.secrets import Secrets
from chalicelib.helpdesks import wiring as helpdesks_wiring
from tests.functional.conftest import HOOK, Heed
from tests.support.kept_secrets import HOOK_SECRET, forget_secrets, stored_secrets
from tests.support.problems import problem
from tests.support.samples import SURVEY

PATH = f"/v1/hooks/zendesk/{HOOK}"
NEWER = "the-newer-secret-of-zendesk"
BODY = b'{"ticket": {"id": "7"}, "requester": {"email": "kim@example.com"}}'


def delivered(heed: Heed, secret: str, path: str = PATH) -> int:
    timestamp = moments.to_text(moments.now())
    digest = hmac.digest(secret.encode(), timestamp.encode() + BODY, "sha256")
    headers = {
        "X-Zendesk-Webhook-Signature": base64.b64encode(digest).decode(),
        "X-Zendesk-Webhook-Signature-Timestamp": timestamp,
    }
    status: int = heed.http.post(path, headers=headers, body=BODY).status_code
    return status


def made(heed: Heed, **body: object) -> Any:
    answer = heed.call("POST", "/v1/hooks", {"survey": SURVEY.id, **body})
    assert answer.status_code == 201, answer.body
    return answer.json_body


def test_a_new_hook_takes_what_its_help_desk_signs(heed: Heed) -> None:
    assert delivered(heed, HOOK_SECRET) == 202  # so that this function keeps the secrets
    hook = made(heed, secret=NEWER)
    assert hook["secret"] is None
    path = hook["url"].removeprefix("https://heed.example.com")
    assert (delivered(heed, NEWER, path), delivered(heed, HOOK_SECRET, path)) == (202, 401)


def test_a_secret_that_heed_makes_is_shown_once(heed: Heed) -> None:
    hook = made(heed)
    assert delivered(heed, hook["secret"], f"/v1/hooks/zendesk/{hook['id']}") == 202
    listed = heed.call("GET", "/v1/hooks")
    assert hook["id"] in [item["id"] for item in listed.json_body["items"]]
    assert hook["secret"] not in listed.body.decode()
    assert hook["secret"] not in str(heed.stored())


def test_both_secrets_are_valid_until_the_rotation_ends(heed: Heed) -> None:
    assert [delivered(heed, secret) for secret in (HOOK_SECRET, NEWER)] == [202, 401]
    assert heed.call("POST", f"{PATH}/secrets", {"secret": NEWER}).status_code == 201
    assert [delivered(heed, secret) for secret in (HOOK_SECRET, NEWER)] == [202, 202]
    third = heed.call("POST", f"{PATH}/secrets", {})
    assert (third.status_code, third.json_body["errors"][0]["code"]) == (409, "two_secrets")
    assert heed.call("DELETE", f"{PATH}/secrets").status_code == 204
    assert [delivered(heed, secret) for secret in (HOOK_SECRET, NEWER)] == [401, 202]


def test_another_function_knows_of_a_rotation_at_its_next_delivery(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, seen = Secrets(wiring.secrets()._client), dict[str, int]()
    here = wiring.secrets

    def in_the_other(secret: str) -> int:
        with monkeypatch.context() as patch:
            patch.setattr(wiring, "secrets", lambda: other)
            patch.setattr(helpdesks_wiring, "_read_at", seen)
            return delivered(heed, secret)

    assert in_the_other(HOOK_SECRET) == 202
    heed.call("POST", f"{PATH}/secrets", {"secret": NEWER})
    assert in_the_other(NEWER) == 202
    heed.call("DELETE", f"{PATH}/secrets")
    assert in_the_other(HOOK_SECRET) == 401
    assert wiring.secrets is here


def test_strangers_make_a_function_read_the_secrets_again_once_a_minute(heed: Heed) -> None:
    heed.call("POST", f"{PATH}/secrets", {"secret": NEWER})
    assert delivered(heed, NEWER) == 202
    fetched: list[str] = []
    wiring.secrets()._client.meta.events.register(
        "before-send.secrets-manager", lambda event_name, **_: fetched.append(event_name)
    )
    now = moments.now()
    for minutes in (0, 1, 2):
        fetched.clear()
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            guesses = [delivered(heed, "a-guess-of-a-stranger") for _ in range(3)]
        assert guesses == [401] * 3
        assert len(fetched) == 1


def test_of_two_writers_at_once_none_loses_what_it_wrote(heed: Heed) -> None:
    secrets = wiring.secrets()

    def change(kept: dict[str, Any]) -> dict[str, Any]:
        if "other" not in kept:  # another writer comes between reading and writing
            secrets.change("hook-secrets", lambda now: {**now, "other": ["x" * 16]})
        return {**kept, "mine": ["y" * 16]}

    secrets.change("hook-secrets", change)
    assert set(stored_secrets()) == {HOOK, "other", "mine"}


def test_a_deleted_hook_is_like_one_that_never_was(heed: Heed) -> None:
    hook = made(heed)
    path = f"/v1/hooks/zendesk/{hook['id']}"
    assert heed.call("DELETE", path).status_code == 204
    assert hook["id"] not in stored_secrets()
    forget_secrets()
    for method in ("GET", "POST", "DELETE"):
        gone = heed.call(method, path, {} if method == "POST" else None)
        never = heed.call(method, f"{path[:-1]}_", {} if method == "POST" else None)
        assert (gone.status_code, gone.body) == (404, never.body)


def test_the_same_request_makes_one_hook_and_one_second_secret(heed: Heed) -> None:
    for path, body in (("/v1/hooks", {"survey": SURVEY.id}), (f"{PATH}/secrets", {})):
        first, second = (
            heed.call("POST", path, body, Idempotency_Key=f"once {path}".replace(" ", "-"))
            for _ in range(2)
        )
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json_body["id"] == second.json_body["id"]
        assert (bool(first.json_body["secret"]), second.json_body["secret"]) == (True, None)
    assert len(stored_secrets()[HOOK]) == 2


def test_what_a_hook_cannot_be_is_refused_with_a_pointer(heed: Heed) -> None:
    for body, status, pointer in (
        ({"survey": SURVEY.id, "secret": "short"}, 422, "#/secret"),
        ({"survey": SURVEY.id, "source": "unheard"}, 422, "#/source"),
        ({"survey": "nobody"}, 409, "#/survey"),
        ({}, 422, "#/survey"),
    ):
        answer = heed.call("POST", "/v1/hooks", body)
        assert (answer.status_code, answer.json_body["errors"][0]["pointer"]) == (status, pointer)


def test_a_limited_key_manages_the_hooks_of_its_surveys(heed: Heed) -> None:
    own, foreign = (
        heed.make_key(Scope.HOOKS_WRITE, surveys=[survey]) for survey in (SURVEY.id, "foreign")
    )
    body = {"survey": SURVEY.id}
    assert problem(heed.call("POST", "/v1/hooks", body, key=foreign))[0] == 403
    assert heed.call("GET", "/v1/hooks", key=foreign).json_body["items"] == []
    assert len(heed.call("GET", "/v1/hooks", key=own).json_body["items"]) == 1
    for method, path in (
        ("DELETE", PATH),
        ("POST", f"{PATH}/secrets"),
        ("DELETE", f"{PATH}/secrets"),
    ):
        sent = {} if method == "POST" else None
        assert problem(heed.call(method, path, sent, key=foreign)) == (404, "not-found")


def test_hooks_want_a_scope_of_their_own(heed: Heed) -> None:
    key = heed.make_key(*(set(Scope) - {Scope.HOOKS_WRITE}))
    for method, path in (("GET", "/v1/hooks"), ("POST", "/v1/hooks"), ("DELETE", PATH)):
        body = {"survey": SURVEY.id} if method == "POST" else None
        assert problem(heed.call(method, path, body, key=key)) == (403, "scope-missing")
