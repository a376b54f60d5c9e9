"""Every recorded delivery over HTTP, with what a stranger or a bad day makes of it."""

import base64
import json

import pytest
import time_machine

from app import app
from chalicelib import wiring
from chalicelib.errors import Unavailable
from tests.functional.conftest import Heed
from tests.functional.helpdesks.delivering import HOOK, deliver, log_of, outcomes
from tests.support.inbound import Sample, resigned, samples
from tests.support.kept_secrets import write_secrets

pytestmark = pytest.mark.usefixtures("_desks")

EVERY = pytest.mark.parametrize("told", samples(), ids=lambda told: told.name)
ASKED = pytest.mark.parametrize(
    "told", [each for each in samples() if each.result == "accepted"], ids=lambda told: told.name
)


@EVERY
def test_it_is_answered_as_it_should(heed: Heed, told: Sample) -> None:
    answer = deliver(heed, told)
    assert (told.result, told.reason) in {(line.result, line.reason) for line in log_of(told)}
    assert len(heed.items("INVITE")) == (told.result == "accepted")
    if "soap" in told.raw.decode():
        assert answer.status_code == 200
        return
    assert answer.status_code == 202
    first = outcomes(answer)[0]
    assert (first["status"], first.get("reason", "")) == (told.result, told.reason)


@ASKED
def test_the_invitation_has_what_was_told(heed: Heed, told: Sample) -> None:
    deliver(heed, told)
    assert told.expected
    (item,) = heed.items("INVITE")
    assert item["email"] == told.expected["email"]
    assert item.get("name") == told.expected["name"]
    assert item["ticket"]["id"] == told.expected["ticket"]
    assert item["ticket"]["subject"] == told.expected["subject"]
    assert item.get("locale") == told.expected["locale"]
    assert item["hook"] == HOOK


@ASKED
def test_twice_is_one_invitation_and_two_lines(heed: Heed, told: Sample) -> None:
    first, second = deliver(heed, told), deliver(heed, told)
    assert (first.status_code, second.status_code) in [(202, 202), (200, 200)]
    assert len(heed.items("INVITE")) == 1
    assert sorted(line.result for line in log_of(told)) == ["accepted", "duplicate"]
    assert len({line.invitation for line in log_of(told)}) == 1


@EVERY
def test_another_secret_writes_nothing(heed: Heed, told: Sample) -> None:
    before = heed.stored()
    answer = deliver(heed, told, "whsec_YW5vdGhlciBzZWNyZXQgb2YgMzIgYnl0ZXMgLi4uLi4=")
    assert answer.status_code == 401
    assert heed.stored() == before


@EVERY
def test_what_is_no_body_is_a_400_and_a_line(heed: Heed, told: Sample) -> None:
    for raw in (
        b"{not json",
        b"\xff\xfe{",
        b"[" * 100_000,
        b'{"a": 1, "a": 2}',
        "{}".encode("utf-16"),
    ):
        assert deliver(heed, resigned(told, raw)).status_code == 400, raw[:20]
    assert {line.result for line in log_of(told)} == {"refused"}


@EVERY
def test_a_byte_too_many_is_a_413(heed: Heed, told: Sample) -> None:
    largest = 256 * 1024
    padded = told.raw + b" " * (largest - len(told.raw))
    assert deliver(heed, resigned(told, padded)).status_code in (200, 202)
    assert deliver(heed, resigned(told, padded + b" ")).status_code == 413


@EVERY
def test_base64_of_the_gateway_is_the_same_body(heed: Heed, told: Sample) -> None:
    write_secrets({HOOK: [told.secret]})
    path = {"source": told.source, "hook": HOOK}
    event = {
        "resource": "/v1/hooks/{source}/{hook}",
        "httpMethod": "POST",
        "path": f"/v1/hooks/{told.source}/{HOOK}",
        "pathParameters": path,
        "headers": dict(told.headers),
        "multiValueHeaders": {name: [value] for name, value in told.headers.items()},
        "multiValueQueryStringParameters": {k: [v] for k, v in told.query.items()} or None,
        "requestContext": {
            "resourcePath": "/v1/hooks/{source}/{hook}",
            "httpMethod": "POST",
            "identity": {},
        },
        "stageVariables": None,
        "body": base64.b64encode(told.raw).decode(),
        "isBase64Encoded": True,
    }
    with time_machine.travel(told.at):
        answer = app(event, None)
    assert answer["statusCode"] in (200, 202)


@EVERY
def test_our_own_fault_is_a_503_that_every_tool_tries_again(
    heed: Heed, told: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr("chalicelib.wiring.pause", lambda attempt: None)
        for write in ("write", "transact"):
            patch.setattr(wiring.table(), write, fails)
        answer = deliver(heed, told)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert not heed.items("HOOKED")


def test_nobody_s_words_are_in_the_log(heed: Heed) -> None:
    for told in samples():
        deliver(heed, told)
    assert "never connects" not in json.dumps(heed.stored(), default=str)
    kept = json.dumps(heed.items("HOOKED"), default=str)
    for private in ("ingrid", "Solheim", "example.com", "Laptop"):
        assert private not in kept
