"""What help desks send before or beside a trigger: tests of the connection, challenges, pings."""

import pytest
from msgspec.structs import replace

from tests.functional.conftest import Heed
from tests.functional.helpdesks.delivering import HOOK, deliver, log_of
from tests.support.inbound import resigned, sample, samples
from tests.support.kept_secrets import write_secrets

pytestmark = pytest.mark.usefixtures("_desks")


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


def test_a_plugin_of_osticket_may_call_the_generic_address(heed: Heed) -> None:
    told = sample("osticket_plugin")
    there = replace(told, address=told.address.replace("osticket", "generic"))
    assert deliver(heed, there).json_body["status"] == "accepted"


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
