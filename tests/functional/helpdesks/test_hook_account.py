"""The account by which a hook's notes are written: set, shown without its secret, taken away."""

import io
import json
from typing import Any

import boto3
import pytest

from chalicelib.api_keys.api_key import Scope
from tests.functional.conftest import HOOK, Heed
from tests.support.problems import problem
from tests.support.samples import SURVEY

PATH = f"/v1/hooks/zendesk/{HOOK}"
ACCOUNT = {"subdomain": "acme", "client_id": "heed"}
BODY = {**ACCOUNT, "client_secret": "client-secret-of-these-tests"}


def kept() -> dict[str, Any]:
    client = boto3.client("secretsmanager", region_name="us-east-1")
    found = client.get_secret_value(SecretId="webhook-secrets", VersionStage="AWSCURRENT")
    secrets: dict[str, Any] = json.loads(found["SecretString"])
    return secrets


def listed(heed: Heed) -> list[Any]:
    items = heed.call("GET", "/v1/hooks").json_body["items"]
    return [item["account"] for item in items if item["id"] == HOOK]


def test_an_account_is_set_shown_and_taken_away(heed: Heed) -> None:
    assert listed(heed) == [None]
    assert heed.call("PUT", f"{PATH}/account", BODY).json_body == ACCOUNT
    assert listed(heed) == [ACCOUNT]
    assert kept() == {HOOK: {"account": BODY}}
    assert heed.call("DELETE", f"{PATH}/account").status_code == 204
    assert (listed(heed), kept()) == ([None], {})
    assert heed.call("DELETE", f"{PATH}/account").status_code == 204


def test_its_secret_is_shown_and_stored_nowhere_else(heed: Heed, log_lines: io.StringIO) -> None:
    answer = heed.call("PUT", f"{PATH}/account", BODY)
    told = answer.body + heed.call("GET", "/v1/hooks").body
    assert BODY["client_secret"] not in told.decode() + str(heed.stored()) + log_lines.getvalue()


def test_a_new_account_replaces_the_one_before(heed: Heed) -> None:
    heed.call("PUT", f"{PATH}/account", BODY)
    heed.call("PUT", f"{PATH}/account", {**BODY, "subdomain": "acme2"})
    assert listed(heed) == [{**ACCOUNT, "subdomain": "acme2"}]
    assert kept()[HOOK]["account"]["subdomain"] == "acme2"


def test_a_hook_that_is_deleted_takes_its_account_along(heed: Heed) -> None:
    heed.call("PUT", f"{PATH}/account", BODY)
    assert heed.call("DELETE", PATH).status_code == 204
    assert kept() == {}
    assert problem(heed.call("PUT", f"{PATH}/account", BODY)) == (404, "not-found")
    assert problem(heed.call("DELETE", f"{PATH}/account")) == (404, "not-found")


@pytest.mark.parametrize(
    "wrong",
    [
        *({"subdomain": name} for name in ("", "acme.evil", "acme.zendesk.com/x?", "-a", "Acme")),
        *({"subdomain": name} for name in ("a@b", "a\n", "a" * 64, "\u0430cme", None)),
        *({"client_secret": secret} for secret in ("", "short", "with a blank in it, long")),
        *({"client_id": client} for client in ("", "a b", None)),
        {"url": "https://acme.zendesk.com"},
    ],
)
def test_what_is_no_name_of_a_company_or_no_secret_is_refused(
    heed: Heed, wrong: dict[str, Any]
) -> None:
    assert heed.call("PUT", f"{PATH}/account", {**BODY, **wrong}).status_code == 422
    assert kept() == {}


def test_a_key_sets_accounts_of_hooks_in_its_reach(heed: Heed) -> None:
    near = heed.make_key(Scope.HOOKS_WRITE, surveys=[SURVEY.id])
    far = heed.make_key(Scope.HOOKS_WRITE, surveys=["another"])
    assert problem(heed.call("PUT", f"{PATH}/account", BODY, key=far)) == (404, "not-found")
    assert heed.call("PUT", f"{PATH}/account", BODY, key=near).status_code == 200


def test_another_scope_sets_none(heed: Heed) -> None:
    key = heed.make_key(Scope.SURVEYS_WRITE)
    assert heed.call("PUT", f"{PATH}/account", BODY, key=key).status_code == 403
