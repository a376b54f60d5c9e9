"""What a key opens, and what it does not."""

import base64

import pytest

from chalicelib import wiring
from chalicelib.api_keys.api_key import Scope
from tests.functional.conftest import Heed
from tests.support.invitations import ASKED, INVITATIONS
from tests.support.problems import problem
from tests.support.scores import SCORES


def test_a_key_is_taken_as_bearer_and_as_basic_user(heed: Heed) -> None:
    basic = base64.b64encode(f"{heed.key}:".encode()).decode()
    for authorization in (f"Bearer {heed.key}", f"bearer {heed.key}", f"Basic {basic}"):
        answer = heed.http.get("/v1/surveys", headers={"Authorization": authorization})
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer x", "Basic ???", "Basic eDp5", "Bearer heed_é", "Digest x"],
)
def test_without_a_known_key_nothing_is_shown(heed: Heed, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = heed.http.get("/v1/surveys", headers=headers)
    assert answer.status_code == 401
    assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_a_mistyped_key_costs_no_read(heed: Heed) -> None:
    reads: list[str] = []
    wiring.table()._table._client.meta.events.register(  # type: ignore[attr-defined]
        "before-send.dynamodb", lambda event_name, **_: reads.append(event_name)
    )
    typo = heed.key[:-1] + ("a" if heed.key[-1] != "a" else "b")
    assert heed.call("GET", "/v1/surveys", key=typo).status_code == 401
    assert reads == []


def test_a_key_does_only_what_its_scopes_say(heed: Heed) -> None:
    key = heed.make_key(Scope.SCORES_READ)
    assert heed.call("GET", SCORES, key=key).status_code == 200
    assert problem(heed.call("GET", "/v1/tasks", key=key)) == (403, "scope-missing")
    assert problem(heed.call("POST", INVITATIONS, ASKED, key=key)) == (403, "scope-missing")


def test_a_key_is_43_characters_and_only_its_hash_is_stored(heed: Heed) -> None:
    assert len(heed.key) == 43
    assert heed.key not in str(heed.stored())
