"""What a stranger, or a tool that is set up badly, sends to a hook of each source: nobody is asked
whom the delivery does not name, and an admin finds out why."""

import json
import re
from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.helpdesks.source import shape_of
from tests.functional.conftest import Heed
from tests.functional.helpdesks.delivering import deliver, log_of, outcomes
from tests.support.inbound import Sample, resigned, sample, samples, signing

pytestmark = pytest.mark.usefixtures("_desks")

SAMPLES = samples()
ASKED = [told for told in SAMPLES if told.result == "accepted"]
JSON = [told for told in ASKED if not told.raw.startswith(b"<")]
SIGNED = [told for told in SAMPLES if told.signed]
NAMED = [told for told in JSON if f'"{(told.expected or {}).get("name")}"' in told.raw.decode()]
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1")
NOT_ONE_ADDRESS = (
    "ceo@example.com, kari@example.com",
    "ceo@example.com; kari@example.com",
    "ceo@example.com kari@example.com",
    "Ceo [ceo@example.com]",
    "ceo@example.com%0Abcc:kari@example.com",
    "ceo",
)


def every(of: list[Sample]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("told", of, ids=lambda told: told.name)


def refused(heed: Heed, told: Sample, status: int = 401) -> None:
    before = heed.stored()
    assert deliver(heed, told).status_code == status
    assert heed.stored() == before


@every(SIGNED)
def test_a_changed_byte_is_not_signed(heed: Heed, told: Sample) -> None:
    for place in (1, len(told.raw) // 2, len(told.raw) - 1):
        raw = bytearray(told.raw)
        raw[place] ^= 1
        refused(heed, replace(told, raw=bytes(raw)))
    refused(heed, replace(told, raw=told.raw + b" "))
    refused(heed, replace(told, raw=b""))


@every(SIGNED)
def test_a_signature_that_is_cut_doubled_or_missing_is_none(heed: Heed, told: Sample) -> None:
    fresh = resigned(told)
    name = signing(told).signature
    signature = fresh.headers[name]
    for odd in ("", signature[:-1], "0" + signature, "æ", "\x00", "v1,", f"{signature},x"):
        refused(heed, replace(fresh, headers={**fresh.headers, name: odd}))


@every([told for told in SIGNED if signing(told).time])
def test_a_stale_a_missing_or_an_odd_time_is_refused(heed: Heed, told: Sample) -> None:
    fresh, name = resigned(told), signing(told).time
    for odd in ("", "0", "-1", "yesterday", "9" * 30, "1e3", "٣"):
        refused(heed, replace(fresh, headers={**fresh.headers, name: odd}))
    signed = {each: value for each, value in fresh.headers.items() if each != name}
    refused(heed, replace(fresh, headers=signed))
    for days in (-2, 2):
        at = told.at + timedelta(days=days)
        refused(heed, replace(resigned(replace(told, at=at)), at=told.at))


@every(SAMPLES)
def test_a_body_that_is_signed_and_not_in_utf_8_is_a_400_that_says_so(
    heed: Heed, told: Sample
) -> None:
    for encoding in ENCODINGS:
        answer = deliver(heed, resigned(told, '{"name": "Bærbar"}'.encode(encoding)))
        assert (answer.status_code, answer.json_body["type"]) == (400, "urn:heed:problem:not-utf8")
        assert "UTF-8" in answer.json_body["detail"]
    lines = [(line.result, line.reason) for line in log_of(told)]
    assert lines == [("refused", "not_utf8")] * len(ENCODINGS)


@every(JSON)
def test_a_mark_of_the_byte_order_does_no_harm(heed: Heed, told: Sample) -> None:
    assert deliver(heed, resigned(told, b"\xef\xbb\xbf" + told.raw)).status_code == 202
    assert len(heed.items("INVITE")) == 1


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;">]>'
    b"<Envelope><Notification><Id>1</Id><sObject>&c;</sObject></Notification></Envelope>"
)
HOSTILE = [
    BOMB,
    BOMB.replace(b'"xxxxxxxxxx"', b'SYSTEM "file:///etc/passwd"'),
    BOMB.replace(b'[<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;">]', b'SYSTEM "http://x/"'),
    b"<a>" * 20_000,
    b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    b"[" * 20_000 + b"]" * 20_000,
    b'{"a": 1, "a": 2}',
    b'[{"a": {"b": 1, "b": 2}}]',
    b'{"a": ' + b"9" * 5_000 + b"}",
    b"payload=%7B",
    b"",
    b"null",
    b"7",
    b'"text"',
]


@every(SAMPLES)
def test_a_hostile_body_is_refused_or_tells_nothing(heed: Heed, told: Sample) -> None:
    for raw in HOSTILE:
        answer = deliver(heed, resigned(told, raw))
        assert answer.status_code in (202, 400), raw[:40]
        if answer.status_code == 202:
            assert {each["status"] for each in outcomes(answer)} == {"ignored"}, raw[:40]
    assert heed.items("INVITE") == []
    assert len(log_of(told)) == len(HOSTILE)


def changed(told: Sample, field: str, value: str) -> Sample:
    """Wherever the sample has what is expected of it there."""
    assert told.expected
    was = str(told.expected[field])
    raw = told.raw.replace(json.dumps(was, ensure_ascii=False).encode(), json.dumps(value).encode())
    raw = raw.replace(f">{was}<".encode(), f">{value}<".encode())
    assert raw != told.raw, (told.name, field)
    return resigned(told, raw)


@every(ASKED)
def test_what_is_not_one_address_asks_nobody(heed: Heed, told: Sample) -> None:
    for email in NOT_ONE_ADDRESS:
        answer = deliver(heed, changed(told, "email", email))
        assert answer.status_code in (200, 202, 422), email
    assert heed.items("INVITE") == []
    reasons = [line.reason for line in log_of(told)]
    assert len(reasons) == len(NOT_ONE_ADDRESS)
    assert {*reasons} <= {"address_invalid", "address_unknown"}


@every(ASKED)
def test_no_address_asks_nobody_and_says_so(heed: Heed, told: Sample) -> None:
    answer = deliver(heed, changed(told, "email", ""))
    assert answer.status_code in (200, 202)
    assert heed.items("INVITE") == []
    assert [line.reason for line in log_of(told)][:1] == ["address_unknown"]


@every(NAMED)
@pytest.mark.parametrize(
    "name", ["Ceo <ceo@example.com>", "ceo@example.com", 'x", "email": "ceo@example.com']
)
def test_an_address_in_a_name_is_written_to_nobody(heed: Heed, told: Sample, name: str) -> None:
    assert told.expected
    deliver(heed, changed(told, "name", name))
    (item,) = heed.items("INVITE")
    assert item["email"] == told.expected["email"]


@every(JSON)
def test_a_key_that_stands_twice_is_refused(heed: Heed, told: Sample) -> None:
    assert told.expected
    address = json.dumps(told.expected["email"]).encode()
    at = told.raw.index(address) + len(address)
    for more in (b', "k": 1, "k": 2', b', "k": {"j": [{"i": 1, "i": 1}]}'):
        raw = told.raw[:at] + more + told.raw[at:]
        answer = deliver(heed, resigned(told, raw))
        assert answer.json_body["type"] == "urn:heed:problem:key-given-twice"
    assert heed.items("INVITE") == []
    assert {line.reason for line in log_of(told)} == {"key_given_twice"}


def status_path(told: Sample) -> str:
    """Where the source looks for it; empty where the rule in the tool sees to it, or a function
    does."""
    shape = shape_of(told.desk, told.places()[0], told.query.get("solved", ""))
    path = shape.status if shape and shape.solved and isinstance(shape.status, str) else ""
    first = path.partition("|")[0]
    return f"{shape.root}.{first}" if shape and re.fullmatch(r"[\w.]+", first) else ""


def with_status(told: Sample, value: object) -> Sample:
    top = json.loads(told.raw)
    holder = top[0] if isinstance(top, list) else top
    *parents, last = filter(None, status_path(told).split("."))
    for parent in parents:
        holder = holder[parent]
    holder[last] = value
    return resigned(told, json.dumps(top).encode())


@every([told for told in JSON if status_path(told)])
def test_a_status_that_nobody_knows_asks_nobody(heed: Heed, told: Sample) -> None:
    for status in ("unheard of", "solved?", 99, True, {"name": "solved"}, ["7"]):
        assert deliver(heed, with_status(told, status)).status_code == 202
    assert heed.items("INVITE") == []
    assert {line.result for line in log_of(told)} == {"ignored"}


def test_of_many_tickets_the_bad_ones_alone_are_lost(heed: Heed) -> None:
    told = sample("hubspot_workflow_customized")
    good = json.loads(told.raw)
    items = [
        good | {"ticket_id": "1", "email": "ceo@example.com, kari@example.com"},
        good | {"ticket_id": "2", "email": "ana@example.com"},
        good | {"ticket_id": {"a": 1}, "email": "eva@example.com"},
        "odd",
        good | {"ticket_id": "3", "email": "ola@example.com"},
    ]
    answer = deliver(heed, resigned(told, json.dumps(items).encode()))
    assert answer.status_code == 202
    assert [(each["status"], each.get("reason")) for each in outcomes(answer)] == [
        ("refused", "address_invalid"),
        ("accepted", None),
        ("refused", "ticket_missing"),
        ("ignored", "shape_unknown"),
        ("accepted", None),
    ]
    assert {item["email"] for item in heed.items("INVITE")} == {
        "ana@example.com",
        "ola@example.com",
    }
    assert len(log_of(told)) == len(items)
