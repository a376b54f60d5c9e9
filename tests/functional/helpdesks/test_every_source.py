"""Every recorded delivery over HTTP, with what a stranger or a bad day makes of it."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
import time_machine
from chalice.test import HTTPResponse

from app import app
from chalicelib import wiring
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.delivery_log import DeliveryLog, Line
from chalicelib.helpdesks.hook import Hook
from tests.functional.conftest import Heed
from tests.functional.helpdesks.conftest import stored_secrets, write_secrets
from tests.support.inbound import Sample, resigned, sample, samples
from tests.support.samples import SURVEY

HOOK = "ten_01"
EVERY = pytest.mark.parametrize("told", samples(), ids=lambda told: told.name)
ASKED = pytest.mark.parametrize(
    "told", [each for each in samples() if each.result == "accepted"], ids=lambda told: told.name
)


@pytest.fixture(autouse=True)
def _hooks(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One of each source, at the address that the samples name."""
    monkeypatch.setenv("HEED_BASE_URL", "https://ingest.example.com")
    before = stored_secrets()
    for source in {told.source for told in samples()}:
        helpdesks_wiring.hooks().add(Hook(source, HOOK, SURVEY.id))
    yield
    write_secrets(before)


def deliver(heed: Heed, told: Sample, secret: str | None = None) -> HTTPResponse:
    write_secrets({HOOK: [secret or told.secret]})
    path = told.url.removeprefix("https://ingest.example.com")
    with time_machine.travel(told.at):
        answer: HTTPResponse = heed.http.post(path, headers=dict(told.headers), body=told.raw)
    return answer


def outcomes(answer: HTTPResponse) -> list[dict[str, str]]:
    found: dict[str, Any] = answer.json_body
    return found["items"] if found["status"] == "taken" else [found]


def log_of(told: Sample) -> list[Line]:
    log = DeliveryLog(wiring.table())
    return log.latest(Hook(told.source, HOOK, SURVEY.id), 50)


@EVERY
def test_it_is_answered_as_it_should(heed: Heed, told: Sample) -> None:
    answer = deliver(heed, told)
    line = log_of(told)[-1]
    assert (line.result, line.reason) == (told.result, told.reason)
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
        told_badly = resigned(told, raw) if told.source != "generic" else as_github(told, raw)
        assert deliver(heed, told_badly).status_code == 400, raw[:20]
    assert {line.result for line in log_of(told)} == {"refused"}


def as_github(told: Sample, raw: bytes) -> Sample:
    """The library of Standard Webhooks signs text only."""
    signed = resigned(replace(told, source="github"), raw).headers["x-hub-signature-256"]
    kept = {"content-type": "application/json", "x-hub-signature-256": signed}
    return replace(told, raw=raw, headers=kept)


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


def test_salesforce_hears_its_ack_as_xml(heed: Heed) -> None:
    told = sample("salesforce_outbound_message")
    for _ in ("first", "again"):
        answer = deliver(heed, told)
        assert answer.headers["Content-Type"] == "text/xml; charset=UTF-8"
        ack = fromstring(answer.body).find(".//{http://soap.sforce.com/2005/09/outbound}Ack")
        assert ack is not None
        assert ack.text == "true"


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]>
<Envelope><Notification><Id>1</Id><sObject><CaseNumber>&c;</CaseNumber></sObject></Notification>
</Envelope>"""
FILE = BOMB.replace(b'"x"', b'SYSTEM "file:///etc/passwd"')


@pytest.mark.parametrize(
    "raw", [BOMB, FILE, b"<a>", b"<a/>", b"<a>" * 50_000, BOMB.decode().encode("utf-16")]
)
def test_xml_that_does_more_than_tell_is_refused(heed: Heed, raw: bytes) -> None:
    told = sample("salesforce_outbound_message")
    answer = deliver(heed, replace(told, raw=raw))
    assert answer.status_code == 400
    assert not heed.items("INVITE")


def test_of_a_batch_only_the_bad_item_is_lost(heed: Heed) -> None:
    told = sample("salesforce_outbound_message")
    one = told.raw.decode()
    start, end = one.index("<Notification>"), one.index("</notifications>")
    good = one[start:end]
    bad = good.replace("ingrid.solheim@example.com", "a@example.com, b@example.com")
    bad = bad.replace("00048213", "00048214").replace("FICT417", "FICT418")
    other = good.replace("ingrid", "ana").replace("00048213", "7").replace("FICT417", "FICT419")
    raw = (one[:start] + bad + good + other + one[end:]).encode()
    assert deliver(heed, replace(told, raw=raw)).status_code == 200
    assert {item["ticket"]["id"] for item in heed.items("INVITE")} == {"00048213", "7"}
    results = sorted((line.result, line.reason, line.ticket) for line in log_of(told))
    assert results == [
        ("accepted", "", "00048213"),
        ("accepted", "", "7"),
        ("refused", "address_invalid", "00048214"),
    ]


def test_a_batch_tells_of_each_item(heed: Heed) -> None:
    told = sample("hubspot_ticket_property_change_batch")
    answer = deliver(heed, resigned(told, json.dumps([*json.loads(told.raw), "odd"]).encode()))
    assert answer.json_body == {
        "status": "taken",
        "items": [
            {"status": "ignored", "reason": "address_unknown"},
            {"status": "ignored", "reason": "status_not_solved"},
            {"status": "ignored", "reason": "shape_unknown"},
        ],
    }


def test_a_hook_says_what_solved_is_called_in_its_tool(heed: Heed) -> None:
    told = sample("zammad_default_ticket_closed")
    renamed = resigned(told, told.raw.replace(b'"closed"', b'"Erledigt"', 1))
    assert deliver(heed, renamed).json_body["reason"] == "status_not_solved"
    assert deliver(heed, replace(renamed, query={"solved": "erledigt"})).json_body["id"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_connection_test_gets_an_answer(heed: Heed, method: str) -> None:
    for told in samples():
        answer = heed.http.request(method, f"/v1/hooks/{told.source}/{HOOK}")
        assert answer.status_code == 200


def test_glpi_s_challenge_is_answered(heed: Heed) -> None:
    told = sample("glpi_ticket_update")
    write_secrets({HOOK: [told.secret]})
    token = "e8f60ad8a51f56b6d5fd35b34b24f5acbdfbe9e3ce89658f4a1334f50398c5c2"
    answer = heed.http.get(f"/v1/hooks/glpi/{HOOK}?crc_token={token}")
    known = b"6e5911535707f7e37794f98ea2f5d854aa41906fa30a4a09584439dbacf978d2"
    assert (answer.status_code, answer.body) == (200, known)


def test_the_challenge_signs_no_body(heed: Heed) -> None:
    told = sample("glpi_ticket_update")
    write_secrets({HOOK: [told.secret]})
    forged = "%7B%22item%22%3A%7B%22id%22%3A1%7D%7D1795182310"
    answer = heed.http.get(f"/v1/hooks/glpi/{HOOK}?crc_token={forged}")
    assert answer.json_body == {}


def test_a_sender_of_cloud_events_is_let_in(heed: Heed) -> None:
    path = f"/v1/hooks/generic/{HOOK}"
    headers = {"WebHook-Request-Origin": "events.example.com"}
    answer = heed.http.request("OPTIONS", path, headers=headers)
    assert answer.headers["WebHook-Allowed-Origin"] == "events.example.com"
    assert answer.headers["WebHook-Allowed-Rate"] == "*"
    odd = heed.http.request("OPTIONS", path, headers={"WebHook-Request-Origin": "a b"})
    assert "WebHook-Allowed-Origin" not in odd.headers


def test_a_word_that_a_tool_asks_for_comes_back_when_it_is_signed(heed: Heed) -> None:
    told = sample("generic_canonical_trigger")
    asked = resigned(told, b'{"type": "url_verification", "challenge": "3eZb"}')
    assert deliver(heed, asked).json_body == {"challenge": "3eZb"}
    assert deliver(heed, replace(asked, raw=asked.raw + b" ")).status_code == 401


def test_a_test_of_the_address_is_told_apart(heed: Heed) -> None:
    told = replace(sample("freshdesk_simple_wrapped"), query={"test": "1"})
    assert deliver(heed, told).json_body == {"status": "ignored", "reason": "test_delivery"}
    assert [line.reason for line in log_of(told)] == ["test_delivery"]


@pytest.mark.parametrize(
    ("name", "body", "headers"),
    [
        ("github_issues_closed", b'{"zen": "Keep it.", "hook_id": 1}', {"x-github-event": "ping"}),
        ("intercom_ticket_closed", b'{"type": "notification_event", "topic": "ping"}', {}),
    ],
)
def test_a_ping_is_a_test(heed: Heed, name: str, body: bytes, headers: dict[str, str]) -> None:
    told = sample(name)
    pinged = resigned(replace(told, headers={**told.headers, **headers}), body)
    assert deliver(heed, pinged).json_body["reason"] == "test_delivery"


def test_nobody_s_words_are_in_the_log(heed: Heed) -> None:
    for told in samples():
        deliver(heed, told)
    kept = json.dumps(heed.items("HOOKED"), default=str)
    for private in ("ingrid", "Solheim", "example.com", "Laptop"):
        assert private not in kept
