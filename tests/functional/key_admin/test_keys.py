"""Keys over the API: made, listed, revoked, and never more than the key that asks."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from tests.functional.conftest import Heed
from tests.support.problems import problem
from tests.support.samples import SURVEY

BODY = {"name": "Reports", "scopes": ["scores:read"]}


def made(heed: Heed, key: str | None = None, **body: object) -> Any:
    answer = heed.call("POST", "/v1/keys", {**BODY, **body}, key=key)
    assert answer.status_code == 201, answer.body
    return answer.json_body


def listed(heed: Heed, key: str | None = None) -> dict[str, Any]:
    answer = heed.call("GET", "/v1/keys", key=key)
    return {item["id"]: item for item in answer.json_body["items"]}


def refusals(heed: Heed, key: str, **body: object) -> tuple[int, list[str]]:
    answer = heed.call("POST", "/v1/keys", {**BODY, **body}, key=key)
    return answer.status_code, [error["code"] for error in answer.json_body["errors"]]


def test_a_new_key_opens_what_it_says(heed: Heed) -> None:
    new = made(heed, scopes=["surveys:read"])
    assert heed.call("GET", "/v1/surveys", key=new["key"]).status_code == 200
    assert heed.call("GET", "/v1/tasks", key=new["key"]).status_code == 403
    assert heed.call("GET", f"/v1/keys/{new['id']}").json_body == listed(heed)[new["id"]]


def test_a_list_shows_no_secret_and_no_hash(heed: Heed) -> None:
    new = made(heed)
    shown = heed.call("GET", "/v1/keys").body.decode()
    hashes = [item["hash"] for item in heed.items("KEY")]
    assert not any(secret in shown for secret in (new["key"], heed.key, *hashes))
    assert listed(heed)[new["id"]]["name"] == "Reports"
    assert listed(heed)[new["id"]]["created_by"] in listed(heed)


def test_a_revoked_key_is_unknown_from_the_next_request_on(heed: Heed) -> None:
    new = made(heed, scopes=["surveys:read"])
    assert heed.call("GET", "/v1/surveys", key=new["key"]).status_code == 200
    assert heed.call("DELETE", f"/v1/keys/{new['id']}").status_code == 204
    gone = heed.call("GET", "/v1/surveys", key=new["key"])
    stranger = heed.call("GET", "/v1/surveys", key="heed_" + "A" * 38)
    assert (gone.status_code, gone.body) == (401, stranger.body)
    assert listed(heed)[new["id"]]["revoked_at"]
    assert heed.call("DELETE", f"/v1/keys/{new['id']}").status_code == 404


def test_a_key_may_revoke_itself(heed: Heed) -> None:
    own = made(heed, scopes=["keys:write"], surveys=[SURVEY.id])
    assert heed.call("DELETE", f"/v1/keys/{own['id']}", key=own["key"]).status_code == 204
    assert heed.call("GET", "/v1/keys", key=own["key"]).status_code == 401


def test_a_key_opens_nothing_from_its_expiry_on(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = moments.now()
    new = made(heed, scopes=["surveys:read"], expires_at=moments.to_text(now + timedelta(days=1)))
    for later, status in ((timedelta(hours=23), 200), (timedelta(days=1), 401)):
        monkeypatch.setattr(moments, "now", lambda later=later: now + later)
        assert heed.call("GET", "/v1/surveys", key=new["key"]).status_code == status


def test_a_key_gives_away_no_scope_that_it_does_not_have(heed: Heed) -> None:
    maker = heed.make_key(Scope.KEYS_WRITE, Scope.SCORES_READ)
    assert made(heed, maker)["scopes"] == ["scores:read"]
    for scopes in (["read"], ["write"], ["people:read"], ["scores:read", "hooks:write"]):
        assert refusals(heed, maker, scopes=scopes) == (409, ["scopes_beyond_own"])


def test_a_key_gives_away_no_survey_that_it_does_not_reach(heed: Heed) -> None:
    maker = heed.make_key(*Scope, surveys=[SURVEY.id])
    assert made(heed, maker, surveys=[SURVEY.id])["surveys"] == [SURVEY.id]
    for surveys in (None, ["foreign"], [SURVEY.id, "foreign"]):
        assert refusals(heed, maker, surveys=surveys) == (409, ["surveys_beyond_own"])


def test_a_key_gives_away_no_time_that_it_does_not_have(heed: Heed) -> None:
    ends = moments.now() + timedelta(days=10)
    maker = heed.make_key(*Scope, expires=ends)
    assert made(heed, maker, expires_at=moments.to_text(ends - timedelta(days=1)))
    for expires in (None, moments.to_text(ends + timedelta(days=1))):
        assert refusals(heed, maker, expires_at=expires) == (409, ["expiry_beyond_own"])
    assert refusals(heed, heed.key, expires_at="2020-01-01T00:00:00Z") == (409, ["time_over"])


def test_a_limited_key_sees_and_revokes_keys_of_its_surveys_only(heed: Heed) -> None:
    limited = heed.make_key(Scope.KEYS_WRITE, surveys=[SURVEY.id])
    same, other = made(heed, surveys=[SURVEY.id]), made(heed, surveys=["foreign"])
    assert {same["id"]} < set(listed(heed, limited))
    assert other["id"] not in listed(heed, limited)
    for method in ("GET", "DELETE"):
        path = f"/v1/keys/{other['id']}"
        assert problem(heed.call(method, path, key=limited)) == (404, "not-found")
    assert heed.call("DELETE", f"/v1/keys/{same['id']}", key=limited).status_code == 204


@pytest.mark.parametrize("scopes", [["admin"], ["scores:read", "scores"], [""]])
def test_an_unknown_scope_lists_the_known_ones(heed: Heed, scopes: list[str]) -> None:
    answer = heed.call("POST", "/v1/keys", {**BODY, "scopes": scopes})
    (error,) = answer.json_body["errors"]
    assert (answer.status_code, error["code"]) == (422, "scope_unknown")
    assert error["pointer"] == f"#/scopes/{len(scopes) - 1}"
    assert all(scope.value in error["detail"] for scope in Scope)


@pytest.mark.parametrize(
    "body", [{"name": "x"}, {**BODY, "scopes": []}, {**BODY, "surveys": []}, {**BODY, "x": 1}]
)
def test_no_key_gets_rights_that_were_not_named(heed: Heed, body: object) -> None:
    assert heed.call("POST", "/v1/keys", body).status_code == 422


def test_the_same_request_makes_one_key_and_shows_it_once(heed: Heed) -> None:
    first, second = (
        heed.call("POST", "/v1/keys", BODY, Idempotency_Key="make-1").json_body for _ in range(2)
    )
    assert (first["id"], second["key"]) == (second["id"], None)
    assert first["key"]
    other = heed.call("POST", "/v1/keys", {**BODY, "name": "Other"}, Idempotency_Key="make-1")
    assert problem(other) == (409, "idempotency-key-reused")


def test_keys_want_a_scope_of_their_own(heed: Heed) -> None:
    key = heed.make_key(*(set(Scope) - {Scope.KEYS_WRITE}))
    for method, path in (("GET", ""), ("POST", ""), ("GET", "/a"), ("DELETE", "/a")):
        body = BODY if method == "POST" else None
        answer = heed.call(method, f"/v1/keys{path}", body, key=key)
        assert problem(answer) == (403, "scope-missing")
