"""A read that the table refuses for a moment, or a write that met another one, is repeated."""

from collections.abc import Callable
from typing import Any

import pytest
from chalice.test import HTTPResponse

from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.helpdesks.test_hooks import deliver
from tests.functional.invitations.conftest import Break
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY

READS = ("GetItem", "Query", "BatchGetItem")
THROTTLES = [
    ("before", "ThrottlingException", 400),
    ("before", "ProvisionedThroughputExceededException", 400),
]
CONFLICT = ("before", "TransactionConflictException", 400)


def by_api(heed: Heed) -> HTTPResponse:
    return heed.call("POST", f"/v1/surveys/{SURVEY.id}/invitations", {"email": "a@example.com"})


def by_api_with_a_key(heed: Heed) -> HTTPResponse:
    body = {"email": "a@example.com"}
    path = f"/v1/surveys/{SURVEY.id}/invitations"
    return heed.call("POST", path, body, Idempotency_Key="once")


def by_links(heed: Heed) -> HTTPResponse:
    body = {"email": "a@example.com", "ticket": {"id": "1"}}
    return heed.call("POST", f"/v1/surveys/{SURVEY.id}/links", body, Idempotency_Key="once")


@pytest.mark.parametrize("fault", THROTTLES)
@pytest.mark.parametrize("ask", [by_api, by_api_with_a_key, by_links, deliver])
def test_asking_repeats_every_read_that_is_throttled(
    heed: Heed, broken: Break, ask: Callable[[Heed], HTTPResponse], fault: Any
) -> None:
    # Of ten calls of each kind every one fails that could be the first of a read: the SDK
    # repeats each of them once by itself.
    some = [fault, fault, None] * 10
    broken(dict.fromkeys(READS, some))
    assert ask(heed).status_code in (201, 202)
    assert len(heed.items("INVITE")) == 1
    assert tallied(heed.stored()) == recounted(heed.stored())


@pytest.mark.parametrize("ask", [by_api, by_api_with_a_key, by_links, deliver])
def test_asking_repeats_a_conflict_and_asks_once(
    heed: Heed, broken: Break, ask: Callable[[Heed], HTTPResponse]
) -> None:
    reasons = {"CancellationReasons": [{"Code": "TransactionConflict"}]}
    broken({"TransactWriteItems": [("before", "TransactionCanceledException", 400, reasons)] * 5})
    assert ask(heed).status_code in (201, 202)
    assert len(heed.items("INVITE")) == 1


@pytest.mark.parametrize("ask", [by_api, by_links, deliver])
def test_a_table_that_stays_down_is_told_and_asks_nobody(
    heed: Heed, broken: Break, ask: Callable[[Heed], HTTPResponse]
) -> None:
    broken(dict.fromkeys(READS, THROTTLES * 99))
    answer = ask(heed)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert heed.items("INVITE") == []


@pytest.mark.parametrize("times", [1, 9, 60])
def test_one_click_unsubscribe_is_not_refused_for_a_conflict(
    heed: Heed, broken: Break, link: str, times: int
) -> None:
    broken({"UpdateItem": [CONFLICT] * times})
    page = heed.post_form(link, {"List-Unsubscribe": "One-Click"})
    assert page.status_code == 200
    assert [person for person in heed.items("PERSON") if "unsubscribed_at" in person]
    assert tallied(heed.stored()) == recounted(heed.stored())


@pytest.mark.parametrize("fault", [*THROTTLES, ("lost",)])
def test_unsubscribing_repeats_what_is_throttled_or_not_answered(
    heed: Heed, broken: Break, link: str, fault: Any
) -> None:
    surveys_wiring.catalogue.cache_clear()
    broken({"GetItem": [fault] * 8, "UpdateItem": [fault] * 8})
    assert heed.post_form(link, {"unsubscribe": "yes"}).status_code == 200
    assert len([person for person in heed.items("PERSON") if "unsubscribed_at" in person]) == 1
