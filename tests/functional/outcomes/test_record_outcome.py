"""Outcomes, recorded and taken back."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from tests.functional.conftest import Heed
from tests.support.outcomes import OUTCOMES, REPORT, asked, mail, record, report, row, told
from tests.support.problems import problem


def test_an_outcome_is_recorded_shown_and_taken_back(heed: Heed) -> None:
    asked("anna")
    made = heed.call("POST", OUTCOMES, told(email="Anna@Example.com", note="by phone"))
    assert made.status_code == 201
    shown = made.json_body
    assert shown["person"] == invitations_wiring.person_of("anna@example.com")
    assert "example.com" not in str(shown)
    path = made.headers["Location"]
    assert heed.call("GET", path).json_body == shown
    assert row(report(heed), "silent")["yes"] == 1
    assert heed.call("DELETE", path).status_code == 204
    assert row(report(heed), "silent")["yes"] == 0
    for method in ("GET", "DELETE"):
        assert problem(heed.call(method, path)) == (404, "not-found")


def test_the_same_outcome_again_is_the_same_one(heed: Heed) -> None:
    body = told(email=mail("anna"), id="deal-7")
    first = record(heed, body)
    assert record(heed, body | {"email": "ANNA@example.com"}, status=200) == first
    other = heed.call("POST", OUTCOMES, body | {"kind": "renewal"})
    assert problem(other) == (409, "idempotency-key-reused")
    assert len(heed.items("OUTCOME")) == 1


def test_an_idempotency_key_does_for_an_id(heed: Heed) -> None:
    body, again = told(email=mail("anna")), {"Idempotency-Key": "deal-7"}
    first = heed.call("POST", OUTCOMES, body, **again)
    second = heed.call("POST", OUTCOMES, body, **again)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json_body == second.json_body
    other = heed.call("POST", OUTCOMES, body | {"note": "x"}, **again)
    assert problem(other) == (409, "idempotency-key-reused")
    both = heed.call("POST", OUTCOMES, body | {"id": "deal-7"}, **again)
    assert problem(both) == (409, "does-not-fit")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"kind": "praise"}, "#/kind"),
        ({"person": "a" * 26}, "#"),
        ({"email": None}, "#"),
        ({"kind": "churn"}, "#/reason"),
        ({"reason": "service"}, "#/reason"),
        ({"email": None, "person": "anna"}, "#/person"),
        ({"kind": "churn", "reason": "weather"}, "#/reason"),
        ({"happened_at": "2026-01-01"}, "#/happened_at"),
        ({"happened_at": 0}, "#/happened_at"),
        ({"happened_at": "2026-01-01T00:00:00"}, "#/happened_at"),
        ({"happened_at": "2026-01-01 00:00:00Z"}, "#/happened_at"),
        ({"note": "a" * 201}, "#/note"),
        ({"id": "a b"}, "#/id"),
        ({"id": "."}, "#/id"),
        ({"colour": "red"}, "#/colour"),
    ],
)
def test_an_outcome_that_cannot_be_used_is_pointed_at(
    heed: Heed, change: dict[str, Any], pointer: str
) -> None:
    answer = heed.call("POST", OUTCOMES, told(email=mail("anna")) | change)
    assert problem(answer) == (422, "validation")
    assert answer.json_body["errors"][0]["pointer"] == pointer
    assert heed.items("OUTCOME") == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"email": None, "account": "none"}, "#/account"),
        ({"happened_at": "0001-01-01T00:00:00+14:00"}, "#/happened_at"),
        ({"happened_at": "9999-12-31T23:59:59-14:00"}, "#/happened_at"),
    ],
)
def test_an_outcome_whose_parts_do_not_fit_is_pointed_at(
    heed: Heed, change: dict[str, Any], pointer: str
) -> None:
    answer = heed.call("POST", OUTCOMES, told(email=mail("anna")) | change)
    assert problem(answer) == (409, "does-not-fit")
    assert answer.json_body["errors"][0]["pointer"] == pointer
    assert heed.items("OUTCOME") == []


def test_tomorrow_may_be_told_and_the_day_after_not(heed: Heed) -> None:
    now = moments.now()
    ahead = [moments.to_text(now + timedelta(hours=hours)) for hours in (23, 25)]
    assert record(heed, told(email=mail("anna"), happened_at=ahead[0]))
    later = heed.call("POST", OUTCOMES, told(email=mail("anna"), happened_at=ahead[1]))
    assert problem(later) == (409, "does-not-fit")


def test_outcomes_want_scopes_of_their_own(heed: Heed) -> None:
    key = heed.make_key(Scope.OUTCOMES_READ, Scope.PEOPLE_READ)
    assert heed.call("GET", f"{REPORT}?kind=churn", key=key).status_code == 200
    assert problem(heed.call("POST", OUTCOMES, told(), key=key)) == (403, "scope-missing")
    writer = heed.make_key(Scope.OUTCOMES_WRITE)
    assert problem(heed.call("GET", f"{REPORT}?kind=churn", key=writer)) == (403, "scope-missing")
