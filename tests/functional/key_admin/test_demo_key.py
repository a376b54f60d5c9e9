"""The key of the local stack, at its first start and at later ones."""

import pytest

from chalicelib.surveys import wiring as surveys_wiring
from infra import seed
from infra.access import create_key, revoke_key
from tests.functional.conftest import BALLOTS, HOOK, TABLE, Heed
from tests.support.kept_secrets import HOOK_SECRET

OUTPUTS = {
    "TableName": TABLE,
    "BallotTable": BALLOTS,
    "TokenKeys": "token-keys",
    "PersonKey": "person-key",
    "HookSecrets": "hook-secrets",
}


@pytest.fixture(autouse=True)
def _seeded(heed: Heed) -> None:
    surveys_wiring.surveys().put(seed.DESK)


def test_a_start_hands_out_the_key_of_the_start_before(heed: Heed) -> None:
    first = seed.seed(OUTPUTS)
    stored = len(heed.items("KEY"))
    assert seed.seed(OUTPUTS, first["key"]) == first
    assert (first["hook_id"], first["hook_secret"]) == (HOOK, HOOK_SECRET)
    assert len(heed.items("KEY")) == stored


def test_a_key_that_was_revoked_is_followed_by_a_new_one(heed: Heed) -> None:
    first = seed.seed(OUTPUTS)["key"]
    (key_id,) = [item["id"] for item in heed.items("KEY") if item["name"] == "local"]
    revoke_key(OUTPUTS, key_id)
    second = seed.seed(OUTPUTS, first)["key"]
    assert second != first
    assert heed.call("GET", "/v1/surveys", key=second).status_code == 200


@pytest.mark.parametrize("kept", ["", "heed_of_another_table"])
def test_a_key_that_is_not_known_is_followed_by_a_new_one(heed: Heed, kept: str) -> None:
    assert seed.seed(OUTPUTS, kept)["key"] != kept


def test_a_key_that_may_do_less_than_the_demo_needs_is_not_handed_out(heed: Heed) -> None:
    weak = create_key(OUTPUTS, "weak", ["read"])
    assert seed.seed(OUTPUTS, weak)["key"] != weak
