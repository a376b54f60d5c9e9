"""Salesforce sends an outbound message again for a day, unless it reads an Ack that says true."""

from collections.abc import Callable, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from chalice.test import HTTPResponse
from defusedxml.ElementTree import fromstring
from msgspec.structs import replace

from tests.functional.conftest import Heed
from tests.functional.helpdesks.delivering import deliver, log_of
from tests.support.inbound import Sample, sample

pytestmark = pytest.mark.usefixtures("_desks")

SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
# As the WSDL that Salesforce makes of an outbound message says.
OUTBOUND = "{http://soap.sforce.com/2005/09/outbound}"
DOWN = ("before", "ThrottlingException", 400)
ONE = sample("salesforce_outbound_message")


def telling(*numbers: int) -> Sample:
    """A message with a notification for each number."""
    whole = ONE.raw.decode()
    start, end = whole.index("<Notification>"), whole.index("</notifications>")
    of_one = whole[start:end]
    each = [
        of_one.replace("FICT417", f"FICT{number}")
        .replace("00048213", f"{number}")
        .replace("ingrid.solheim", f"p{number}")
        for number in numbers
    ]
    return replace(ONE, raw=(whole[:start] + "".join(each) + whole[end:]).encode())


def only(element: Element) -> Element:
    (inside,) = element
    return inside


def acked(answer: HTTPResponse) -> str | None:
    """What it says, read by a parser of XML: nothing but one Ack stands in it."""
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/xml; charset=UTF-8"
    assert answer.body.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    envelope = fromstring(answer.body)
    body, response = only(envelope), only(only(envelope))
    ack = only(response)
    names = [element.tag for element in (envelope, body, response, ack)]
    response_names = [f"{OUTBOUND}notificationsResponse", f"{OUTBOUND}Ack"]
    assert names == [f"{SOAP}Envelope", f"{SOAP}Body", *response_names]
    return ack.text


def asked(heed: Heed) -> list[str]:
    return sorted(item["ticket"]["id"] for item in heed.items("INVITE"))


@pytest.mark.parametrize("numbers", [[1], [1, 2, 3], list(range(100))])
def test_one_ack_stands_for_all_notifications(heed: Heed, numbers: Sequence[int]) -> None:
    assert acked(deliver(heed, telling(*numbers))) == "true"
    assert asked(heed) == sorted(map(str, numbers))


def test_what_came_before_is_acked_again(heed: Heed) -> None:
    told = telling(1, 2)
    assert [acked(deliver(heed, told)) for _ in range(3)] == ["true"] * 3
    assert asked(heed) == ["1", "2"]
    results = sorted(line.result for line in log_of(told))
    assert results == ["accepted"] * 2 + ["duplicate"] * 4


def test_what_nobody_is_asked_about_is_acked(heed: Heed) -> None:
    told = telling(1)
    open_again = told.raw.replace(b"<sf:Status>Closed<", b"<sf:Status>New<")
    assert acked(deliver(heed, replace(told, raw=open_again))) == "true"
    assert asked(heed) == []


def refused(answer: HTTPResponse, status: int) -> bool:
    """It is no Ack, whoever reads it."""
    is_xml = answer.headers["Content-Type"].startswith("text/xml")
    return answer.status_code == status and not is_xml and b"Ack" not in answer.body


@pytest.mark.usefixtures("waits")
@pytest.mark.parametrize("before", [0, 1, 2])
def test_our_own_fault_is_no_ack_and_the_next_try_asks_the_rest_once(
    heed: Heed, dynamodb: Any, faulty: Callable[[Any, dict[str, list[Any]]], Any], before: int
) -> None:
    told = telling(1, 2, 3)
    faults = faulty(dynamodb, {"TransactWriteItems": [None] * before + [DOWN] * 40})
    answer = deliver(heed, told)
    assert refused(answer, 503)
    assert int(answer.headers["Retry-After"]) > 0
    assert len(asked(heed)) == before
    faults.heal()
    assert acked(deliver(heed, told)) == "true"
    assert asked(heed) == ["1", "2", "3"]


@pytest.mark.usefixtures("waits")
def test_a_table_that_does_not_answer_at_all_is_no_ack(
    heed: Heed, dynamodb: Any, faulty: Callable[[Any, dict[str, list[Any]]], Any]
) -> None:
    faulty(dynamodb, {name: [DOWN] * 40 for name in ("GetItem", "BatchGetItem")})
    assert refused(deliver(heed, telling(1)), 503)


def test_what_is_not_theirs_is_no_ack(heed: Heed) -> None:
    assert refused(deliver(heed, telling(1), "another-secret-of-these-tests"), 401)
    broken = replace(ONE, raw=ONE.raw.replace(b"</soapenv:Envelope>", b""))
    assert refused(deliver(heed, broken), 400)
    assert asked(heed) == []
