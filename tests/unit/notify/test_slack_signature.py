"""Slack's signature: its own published vector, and everything that does not fit it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.errors import Unauthenticated
from chalicelib.notify.chat.slack_signature import SIGNATURE, TIMESTAMP, verify
from tests.conftest import ROOT
from tests.support.slack_press import SECRET, signed

VECTORS = json.loads((ROOT / "tests/data/notify/slack_signatures.json").read_text())
RAW, NOW = b"payload=%7B%7D", datetime(2026, 11, 20, 13, 45, 10, tzinfo=UTC)


def code(
    headers: dict[str, str], raw: bytes = RAW, now: datetime = NOW, secrets: object = (SECRET,)
) -> str:
    with pytest.raises(Unauthenticated) as refused:
        verify(raw, headers, secrets, now)  # type: ignore[arg-type]
    return refused.value.code


@pytest.mark.parametrize("name", ["published", "made_up"])
def test_the_vectors_verify(name: str) -> None:
    vector = VECTORS[name]
    headers = {TIMESTAMP: vector["timestamp"], SIGNATURE: vector["expected"]}
    now = datetime.fromtimestamp(int(vector["timestamp"]), UTC)
    found = verify(vector["raw_body"].encode(), headers, [vector["secret"]], now)
    assert found == vector["expected"]


def test_either_of_two_secrets_verifies_and_none_does_not() -> None:
    verify(RAW, signed(RAW, NOW), ["another", SECRET], NOW)
    assert code(signed(RAW, NOW), secrets=()) == "signature_invalid"


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_within_five_minutes_it_is_taken(seconds: int) -> None:
    verify(RAW, signed(RAW, NOW + timedelta(seconds=seconds)), [SECRET], NOW)


@pytest.mark.parametrize("seconds", [-301, 301, -86_400])
def test_beyond_five_minutes_it_is_stale(seconds: int) -> None:
    assert code(signed(RAW, NOW + timedelta(seconds=seconds))) == "timestamp_stale"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {TIMESTAMP: "1795182310"},
        {SIGNATURE: "v0=" + "0" * 64},
        {**signed(RAW, NOW), SIGNATURE: ""},
        {**signed(RAW, NOW), SIGNATURE: "v1" + signed(RAW, NOW)[SIGNATURE][2:]},
        {**signed(RAW, NOW), SIGNATURE: signed(RAW, NOW)[SIGNATURE].upper()},
        {**signed(RAW, NOW), SIGNATURE: signed(RAW, NOW)[SIGNATURE] + "0"},
        {**signed(RAW, NOW), SIGNATURE: "\u00e9" * 67},
        {**signed(RAW, NOW), TIMESTAMP: "1795182311"},
        signed(RAW, NOW, "another secret"),
        signed(RAW + b" ", NOW),
    ],
)
def test_what_does_not_fit_is_refused(headers: dict[str, str]) -> None:
    assert code(headers) == "signature_invalid"


@pytest.mark.parametrize("time", ["", "now", "-1", "1e9", "9" * 40, "\u0661"])
def test_a_time_that_is_none_is_refused_though_it_is_signed(time: str) -> None:
    from chalicelib.notify.chat.slack_signature import signature_of

    headers = {TIMESTAMP: time, SIGNATURE: signature_of(RAW, time, SECRET)}
    assert code(headers) == "timestamp_invalid"
