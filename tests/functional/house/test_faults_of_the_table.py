"""What DynamoDB may do to one answer, at the wire: an answer that was taken counts once, and one
that was not is told so, with its words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import moments, wiring
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.alarms import alarms, rings
from tests.support.faults import Faults
from tests.support.filling import PRESSED, filled_in
from tests.support.recount import contradictions, recounted, tallied
from tests.support.samples import SURVEY, stored_invitation

WORDS = "Three people asked me the same."
Faulty = Callable[[dict[str, list[Any]]], Faults]


def refusal(code: str, status: int = 400) -> tuple[Any, ...]:
    return ("before", code, status)


def cancelled(code: str) -> tuple[Any, ...]:
    reasons = {"CancellationReasons": [{"Code": "None"}, {"Code": code}]}
    return ("before", "TransactionCanceledException", 400, reasons)


PASSING = {
    "throttled": refusal("ThrottlingException"),
    "too fast for the table": refusal("ProvisionedThroughputExceededException"),
    "too fast for the account": refusal("RequestLimitExceeded"),
    "a fault before it is done": refusal("InternalServerError", 500),
    "in progress": refusal("TransactionInProgressException"),
    "another request of that token": refusal("IdempotentParameterMismatchException"),
    "a conflict": cancelled("TransactionConflict"),
    "a throttled transaction": cancelled("ThrottlingError"),
    "nobody there": ("connect",),
    "done and not answered": ("lost",),
    "done twice": ("twice",),
}
LASTING = {
    "no such table": refusal("ResourceNotFoundException"),
    "denied": refusal("AccessDeniedException"),
    "credentials that ended": refusal("ExpiredTokenException"),
    "two writes on one item": refusal("ValidationException"),
    "a transaction that cannot be": cancelled("ValidationError"),
}


@pytest.fixture
def faulty(heed: Heed, faulty: Any, monkeypatch: pytest.MonkeyPatch) -> Faulty:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    return lambda plan: faulty(wiring.table()._table._client, plan)  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def link(heed: Heed) -> str:
    now = moments.now()
    stored_invitation(
        wiring.table(), created_at=now, expires_at=now + timedelta(days=30), sent_at=now
    )
    return f"/r/{heed.token(heed.items('INVITE')[0])}"


def form(heed: Heed, link: str) -> dict[str, object]:
    return filled_in(heed.open(f"{link}/3"), 3, WORDS) | PRESSED


def counted(heed: Heed) -> list[tuple[int, int]]:
    items = heed.stored()
    assert tallied(items) == recounted(items)
    assert contradictions(items) == []
    return [(item["score"], item["version"]) for item in heed.items("RESPONSE")]


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_a_fault_that_passes_costs_no_answer_and_doubles_none(
    heed: Heed, link: str, faulty: Faulty, fault: Any, times: int
) -> None:
    fields = form(heed, link)
    faults = faulty({"TransactWriteItems": [fault] * times})
    page = heed.post_form(link, fields)
    faults.plan = {}
    assert page.status_code == 200
    assert "Your 3 is recorded" in page.body.decode()
    assert counted(heed) == [(3, 1)]


@pytest.mark.parametrize(
    "fault", [PASSING["throttled"], PASSING["too fast for the table"], PASSING["nobody there"]]
)
def test_a_read_that_is_throttled_is_made_again(
    heed: Heed, link: str, faulty: Faulty, fault: Any
) -> None:
    fields = form(heed, link)
    reads = ("GetItem", "BatchGetItem", "Query")
    faults = faulty({operation: [fault] * 3 for operation in reads})
    assert heed.post_form(link, fields).status_code == 200
    faults.plan = {}
    assert counted(heed) == [(3, 1)]


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_a_fault_that_stays_is_told_rings_and_leaves_no_half_of_an_answer(
    heed: Heed, link: str, faulty: Faulty, capsys: Any, fault: Any
) -> None:
    fields = form(heed, link)
    before = counted(heed)
    faults = faulty({"TransactWriteItems": [fault] * 99})
    page = heed.post_form(link, fields)
    faults.plan = {}
    if fault in (("lost",), ("twice",)):  # it was done, and is found
        assert (page.status_code, counted(heed)) == (200, [(3, 1)])
        return
    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
    assert WORDS in page.body.decode()
    assert counted(heed) == before
    assert rings(alarms()["UnexpectedFailures"], capsys.readouterr().out)


@pytest.mark.parametrize("fault", LASTING.values(), ids=LASTING)
def test_an_error_of_ours_is_not_tried_again_rings_and_shows_nothing_of_itself(
    heed: Heed, link: str, faulty: Faulty, capsys: Any, fault: Any
) -> None:
    fields = form(heed, link)
    faults = faulty({"TransactWriteItems": [fault] * 99})
    page = heed.post_form(link, fields)
    assert faults.calls.count("TransactWriteItems") == 1
    assert page.status_code == 503
    assert WORDS in page.body.decode()
    assert not [word for word in ("Exception", "Traceback", "botocore") if word in str(page.body)]
    assert rings(alarms()["UnexpectedFailures"], capsys.readouterr().out)


@pytest.mark.parametrize("fault", LASTING.values(), ids=LASTING)
def test_the_api_says_503_and_nothing_of_the_error(
    heed: Heed, faulty: Faulty, capsys: Any, fault: Any
) -> None:
    surveys_wiring.catalogue.cache_clear()
    faulty({name: [fault] * 99 for name in ("GetItem", "BatchGetItem", "Query")})
    answer = heed.call("GET", f"/v1/surveys/{SURVEY.id}/scores")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert answer.json_body["type"] == "urn:heed:problem:unavailable"
    assert "Exception" not in answer.body.decode()
    assert rings(alarms()["UnexpectedFailures"], capsys.readouterr().out)


def test_whatever_decides_on_an_answer_is_read_as_it_stands(
    heed: Heed, link: str, faulty: Faulty
) -> None:
    fields, asked = form(heed, link), list[tuple[str, Any]]()

    def note(params: Any, model: Any, **_: Any) -> None:
        asked.append((model.name, params))

    called = wiring.table()._table._client.meta.events  # type: ignore[attr-defined]
    called.register("provide-client-params.dynamodb", note, unique_id="consistent")
    heed.post_form(link, fields)
    called.unregister("provide-client-params.dynamodb", unique_id="consistent")
    tables = [
        part
        for name, params in asked
        for part in params.get("RequestItems", {"": params}).values()
        if name in ("GetItem", "BatchGetItem", "Query") and "IndexName" not in part
    ]
    assert tables
    assert all(part["ConsistentRead"] for part in tables)
