"""Outcomes and silent accounts are counted by night: reading them costs the same at any number
of invitations, and nobody who was erased is in them."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

import app
from chalicelib import moments, wiring
from chalicelib.aws import clients
from chalicelib.take_snapshots import take_snapshots
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support import snapshots
from tests.support.capacity import Meter
from tests.support.outcomes import (
    REPORT,
    account,
    answered,
    asked,
    mail,
    record,
    report,
    row,
    told,
)
from tests.support.samples import SURVEY
from tests.support.steps import Steps

INSIGHTS = f"/v1/surveys/{SURVEY.id}/insights"
NOW = "2026-11-20T13:00:00Z"
LATER = "2026-11-20T15:00:00Z"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def count_by_night() -> None:
    app.forget({}, Clock(900_000))


def silent(heed: Heed) -> dict[str, Any]:
    found: dict[str, Any] = heed.call("GET", INSIGHTS).json_body
    told = [one["says"] for one in found["items"] if one["rule"] == "silent_account"]
    return {"as_of": found["accounts_as_of"], "says": told}


def without_time(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if not name.endswith("as_of")}


@pytest.fixture
def people(heed: Heed) -> Heed:
    """Anna answered and told somebody, Silvia told two without an answer, Acme is silent."""
    answered("anna", 10)
    asked("silvia", 20)
    account(heed, "acme", "silvia")
    account(heed, "other", "anna")
    for name in ("anna", "silvia"):
        record(heed, told(email=mail(name)))
    return heed


def test_what_was_counted_by_night_is_what_is_counted_now(people: Heed, clock: Any) -> None:
    before = [report(people, kind) for kind in ("referral", "renewal", "churn")], silent(people)
    count_by_night()
    clock.move_to(LATER)
    after = [report(people, kind) for kind in ("referral", "renewal", "churn")], silent(people)
    assert [row(before[0][0], "promoter")["yes"], before[1]["says"]] != [0, []]
    assert after == before
    assert after[0][0]["as_of"] == after[1]["as_of"] == "2026-11-20T13:00:00.000Z"


def test_another_range_or_window_is_counted_now(people: Heed, clock: Any) -> None:
    count_by_night()
    clock.move_to(LATER)
    for query in ("&from=2026-01-01", "&window_days=31", "&to=2026-11-20"):
        assert report(people, query=query)["as_of"] == "2026-11-20T15:00:00.000Z"
    for query in ("", "&window_days=365", "&from=2025-11-21&to=2026-11-21"):
        assert report(people, query=query)["as_of"] == "2026-11-20T13:00:00.000Z"
    shown = people.call("GET", f"{INSIGHTS}?from=2026-10-01").json_body
    assert shown["accounts_as_of"] == "2026-11-20T15:00:00.000Z"


def test_what_comes_later_is_in_the_next_night_s_count(people: Heed, clock: Any) -> None:
    count_by_night()
    answered("ben", 9)
    record(people, told(email=mail("ben")))
    count_by_night()
    assert row(report(people), "promoter")["n"] == 1
    clock.shift(timedelta(days=1))
    count_by_night()
    assert (row(report(people), "promoter")["n"], report(people)["as_of"][:10]) == (
        2,
        "2026-11-21",
    )


def test_who_is_erased_is_out_of_it_at_once(people: Heed, clock: Any) -> None:
    count_by_night()
    clock.move_to(LATER)
    people.call("POST", "/v1/people/erasures", {"email": mail("silvia")})
    found = report(people)
    assert (row(found, "silent")["n"], row(found, "never_asked")["n"]) == (0, 0)
    assert found["as_of"] == "2026-11-20T15:00:00.000Z"
    assert silent(people)["says"] == []
    count_by_night()
    assert without_time(report(people)) == without_time(found)


def test_an_answer_that_is_erased_is_out_of_it_at_once(people: Heed) -> None:
    made = answered("ben", 0)
    count_by_night()
    path = f"/v1/surveys/{SURVEY.id}/responses/{made}"
    assert people.call("DELETE", path).status_code == 204
    assert row(report(people), "detractor")["n"] == 0
    assert report(people)["left_out"]["erased"] == 1


def test_the_file_says_when_it_was_counted(people: Heed, clock: Any) -> None:
    count_by_night()
    clock.move_to(LATER)
    raw = people.call("GET", f"{REPORT}?kind=churn", Accept="text/csv").body.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(raw)))
    assert {one["as_of"] for one in rows} == {"2026-11-20T13:00:00.000Z"}


@pytest.mark.parametrize("question", [f"{REPORT}?kind=referral", INSIGHTS])
def test_reading_costs_the_same_at_ten_and_at_ten_thousand_invitations(
    heed: Heed, question: str
) -> None:
    costs = []
    for count in (10, 1000, 10_000):
        table = snapshots.people(count)
        assert take_snapshots(moments.now(), snapshots.needs(table)).taken == 1
        snapshots.put_all(wiring.table(), snapshots.kept_in(table))
        with Meter(clients.client("dynamodb")).running() as meter:
            assert heed.call("GET", question).status_code == 200
        costs.append([(call.operation, call.items, call.units) for call in meter.calls])
    assert sorted(costs[0]) == sorted(costs[1]) == sorted(costs[2])


def test_insights_with_accounts_take_four_steps(people: Heed) -> None:
    count_by_night()
    with Steps(clients.client("dynamodb")).running() as steps:
        assert silent(people)["says"]
    assert steps.taken <= 4
