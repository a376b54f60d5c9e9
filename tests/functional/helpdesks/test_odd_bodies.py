"""SOAP, several tickets at once, and XML that does more than tell."""

import json

import pytest
from msgspec.structs import replace

from tests.functional.conftest import Heed
from tests.functional.helpdesks.delivering import deliver, log_of
from tests.support.inbound import resigned, sample

pytestmark = pytest.mark.usefixtures("_desks")


PREFIXED = b"""<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
<o:notifications xmlns:o="http://soap.sforce.com/2005/09/outbound"
  xmlns:sf="urn:sobject.enterprise.soap.sforce.com"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<o:Notification><o:Id>04l1</o:Id><sf:sObject xsi:type="sf:Case"><sf:Status>Closed</sf:Status>
<sf:SuppliedName xsi:nil="true"/><sf:ContactEmail>
  ana@example.com </sf:ContactEmail><sf:CaseNumber>00000007</sf:CaseNumber>
<sf:Subject><![CDATA[a </sf:sObject> & b]]></sf:Subject></sf:sObject></o:Notification>
</o:notifications></s:Body></s:Envelope>"""


def test_namespaces_may_have_any_prefix(heed: Heed) -> None:
    told = replace(sample("salesforce_outbound_message"), raw=PREFIXED)
    assert deliver(heed, told).status_code == 200
    (item,) = heed.items("INVITE")
    assert (item["email"], item["ticket"]["id"]) == ("ana@example.com", "00000007")
    assert item["ticket"]["subject"] == "a </sf:sObject> & b"


@pytest.mark.parametrize(
    "query", ["solved=4,12", "solved=a:b/c@d!(e)*;$'", "solved=on%20hold", "k=1&z=2&a=3"]
)
def test_hubspot_signs_the_address_that_it_called(heed: Heed, query: str) -> None:
    told = sample("hubspot_ticket_property_change_batch")
    called = replace(told, address=f"{told.address}?{query}")
    assert deliver(heed, resigned(called)).status_code == 202
    other = replace(told, address=f"{told.address}?{query}0")
    assert deliver(heed, replace(resigned(called), address=other.address)).status_code == 401


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


@pytest.mark.parametrize("name", ["sf:ContactEmail", "ContactEmail"])
def test_an_address_that_stands_twice_is_none(heed: Heed, name: str) -> None:
    told = sample("salesforce_outbound_message")
    second = f"<{name}>ceo@example.com</{name}><sf:ContactEmail>"
    raw = told.raw.replace(b"<sf:ContactEmail>", second.encode(), 1)
    assert deliver(heed, replace(told, raw=raw)).status_code == 200
    assert [line.reason for line in log_of(told)] == ["address_unknown"]
    assert not heed.items("INVITE")


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


def test_half_a_character_is_taken_or_told(heed: Heed) -> None:
    told = sample("freescout_convo_status")
    odd = told.raw.replace(b'"updatedAt":"', b'"updatedAt":"\\ud800', 1)
    assert deliver(heed, resigned(told, odd)).json_body["status"] == "accepted"
    told = sample("generic_canonical_trigger")
    odd = told.raw.replace(b'"priority":"normal"', b'"\\ud800":"ceo@example.com"', 1)
    answer = deliver(heed, resigned(told, odd))
    assert answer.json_body["errors"][0]["pointer"] == "#/ticket/"


def test_a_batch_has_an_end(heed: Heed) -> None:
    told = sample("hubspot_ticket_property_change_batch")
    answer = deliver(heed, resigned(told, json.dumps([{}] * 101).encode()))
    assert (answer.status_code, answer.json_body["type"]) == (
        400,
        "urn:heed:problem:too-many-items",
    )


@pytest.mark.parametrize("deep", ["[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900])
@pytest.mark.parametrize("field", ["id", "subject", "status", "solved_at"])
def test_a_deep_value_is_no_text(heed: Heed, field: str, deep: str) -> None:
    told = sample("generic_canonical_trigger")
    ticket = {"id": 7, "subject": "x", "solved_at": "now", field: "DEEP"}
    body = json.dumps({"ticket": ticket, "requester": {"email": "ana@example.com"}})
    answer = deliver(heed, resigned(told, body.replace('"DEEP"', deep).encode()))
    assert answer.status_code in (202, 400, 422)


def test_a_hook_says_what_solved_is_called_in_its_tool(heed: Heed) -> None:
    told = sample("zammad_default_ticket_closed")
    renamed = resigned(told, told.raw.replace(b'"closed"', b'"Erledigt"', 1))
    assert deliver(heed, renamed).json_body["reason"] == "status_not_solved"
    assert deliver(heed, replace(renamed, query={"solved": "erledigt"})).json_body["id"]
