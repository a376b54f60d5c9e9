"""The keys that sign links, while they change: functions read them again within five minutes."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
import time_machine
from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.invitations.items import from_item
from chalicelib.invitations.token import Link, Purpose, make_token
from tests.functional.conftest import Heed
from tests.support.samples import KEYS, stored_invitation

A_LITTLE, MAX_AGE = timedelta(minutes=1), timedelta(minutes=5, seconds=1)
BOTH = {name: key.decode() for name, key in KEYS.keys.items()}


@pytest.fixture
def clock(heed: Heed) -> Iterator[Any]:
    with time_machine.travel(moments.now(), tick=False) as clock:
        now = moments.now()
        ends = now + timedelta(days=30)
        stored_invitation(wiring.table(), created_at=now, expires_at=ends, sent_at=now)
        wiring.secrets.cache_clear()
        yield clock
    keep({"active": "a", **BOTH})
    wiring.secrets.cache_clear()


def keep(keys: dict[str, str]) -> None:
    boto3.client("secretsmanager").put_secret_value(
        SecretId="token-keys", SecretString=json.dumps(keys)
    )


def opened(heed: Heed, key: str) -> int:
    """The status of the page of a link that is signed with this key."""
    made = from_item(heed.items("INVITE")[0])
    link = Link(made.id, made.survey, made.expires_at)
    token = make_token(link, Purpose.ANSWER, key, replace(KEYS, active=key))
    return heed.http.get(f"/r/{token}/9").status_code


def test_links_of_the_old_key_work_beside_those_of_the_new_one(heed: Heed, clock: Any) -> None:
    keep({"active": "b", **BOTH})
    assert [opened(heed, key) for key in "ab"] == [200, 200]


def test_a_key_that_is_added_is_known_before_five_minutes_are_over(heed: Heed, clock: Any) -> None:
    keep({"active": "a", "a": BOTH["a"]})
    assert [opened(heed, key) for key in "ab"] == [200, 404]
    keep({"active": "a", **BOTH})
    clock.shift(MAX_AGE)
    assert [opened(heed, key) for key in "ab"] == [200, 200]


def test_a_key_that_is_taken_out_opens_nothing_after_five_minutes(heed: Heed, clock: Any) -> None:
    assert opened(heed, "a") == 200
    keep({"active": "b", "b": BOTH["b"]})
    clock.shift(A_LITTLE)
    assert opened(heed, "a") == 200
    clock.shift(MAX_AGE)
    assert [opened(heed, key) for key in "ab"] == [404, 200]


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "DecryptionFailure"])
def test_keys_that_cannot_be_read_again_are_no_wrong_link(
    heed: Heed, clock: Any, faulty: Any, code: str
) -> None:
    assert opened(heed, "a") == 200
    faults = faulty(wiring.secrets()._client, {"GetSecretValue": [("before", code, 400)] * 9})
    clock.shift(A_LITTLE)
    assert opened(heed, "a") == 200
    clock.shift(MAX_AGE)
    assert opened(heed, "a") == 503
    faults.plan = {}
    assert opened(heed, "a") == 200


@pytest.mark.parametrize("kept", [{"a": "x"}, {"active": "c", "a": "x"}, {"active": "a"}, {}])
def test_keys_of_which_none_signs_are_no_wrong_link(
    heed: Heed, clock: Any, kept: dict[str, str]
) -> None:
    keep(kept)
    assert opened(heed, "a") == 503
