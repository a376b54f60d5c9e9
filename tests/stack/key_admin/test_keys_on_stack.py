"""Keys over the API of the deployed stack, under the role of its function."""

from dataclasses import replace

import pytest

from chalicelib.api_keys.api_key import Scope
from tests.attack.credentials import key_with
from tests.conftest import Stack
from tests.support.outside import Outside

pytestmark = pytest.mark.slow
WANTED = {"name": "Reports", "scopes": ["scores:read"]}


def signed_in(stack: Stack, key: str) -> Outside:
    return Outside(replace(stack, key=key))


def test_a_key_is_made_listed_used_and_revoked(stack: Stack) -> None:
    admin = signed_in(stack, key_with(stack, Scope.KEYS_WRITE, Scope.SCORES_READ))
    made = admin.api("POST", "/v1/keys", WANTED | {"surveys": [stack.survey]})
    assert made.status == 201, made.text
    user = signed_in(stack, made.json["key"])
    assert user.scores()["responses"] > 0
    assert user.api("GET", "/v1/surveys/trial/scores").status == 403
    shown = admin.api("GET", f"/v1/keys/{made.json['id']}").json
    assert (shown["name"], shown["last_used"] is not None) == ("Reports", True)
    assert admin.api("DELETE", f"/v1/keys/{made.json['id']}").status == 204
    assert user.api("GET", f"/v1/surveys/{stack.survey}/scores").status == 401


def test_nobody_makes_a_key_that_may_do_more(stack: Stack) -> None:
    admin = signed_in(stack, key_with(stack, Scope.KEYS_WRITE))
    refused = admin.api("POST", "/v1/keys", WANTED)
    assert (refused.status, refused.json["errors"][0]["code"]) == (409, "scopes_beyond_own")
