"""Internal and external surveys side by side, each beside its own past, none ranked."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.periods import month_after
from chalicelib.scores.benchmarks.show_benchmarks import SURVEYS_ON_A_PAGE
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tally.tally import tally_writes
from tests.functional.conftest import Heed
from tests.support.problems import problem
from tests.support.samples import SURVEY
from tests.support.scores import count

BENCHMARKS = "/v1/benchmarks"
TODAY = moments.now().date()


def put(heed: Heed, survey: str, name: str, audience: str = "internal", **more: Any) -> None:
    body = {"name": name, "question": "How was it?", "audience": audience, "team": "IT"}
    assert heed.call("PUT", f"/v1/surveys/{survey}", body | more).status_code == 200


def benchmarks(heed: Heed) -> dict[str, Any]:
    found: dict[str, Any] = heed.call("GET", BENCHMARKS).json_body
    return found


def count_on_first_of(months_ago: int, survey: str, counts: list[int]) -> None:
    count(survey, counts, ago=(TODAY - month_after(TODAY, -months_ago)).days)


def test_each_survey_stands_beside_its_own_baseline_in_the_order_of_names(heed: Heed) -> None:
    put(heed, "z-last", "An internal one", success="Nobody asks twice.")
    put(heed, "reviews", "Account reviews", "external")
    # The best score of all stays where its name puts it.
    count("z-last", [50] + [0] * 9 + [0])
    count_on_first_of(5, SURVEY.id, [25, 0, 0, 0, 0, 0, 0, 25, 0, 0, 50])
    count(SURVEY.id, [5, 0, 0, 0, 0, 0, 0, 15, 0, 0, 80])
    found = benchmarks(heed)
    assert [one["name"] for one in found["internal"]] == ["An internal one", "IT Help Desk"]
    assert [one["survey"] for one in found["external"]] == ["reviews"]
    row = found["internal"][1]
    assert (row["baseline"]["score"], row["now"]["score"]) == (25.0, 75.0)
    assert (row["change"]["difference"], row["change"]["finding"]) == (50.0, "rise")
    assert (row["success"], row["team"], row["metric"]) == (SURVEY.success, SURVEY.team, "nps")


def test_before_there_is_a_baseline_it_says_from_when_on(heed: Heed) -> None:
    (row,) = benchmarks(heed)["internal"]
    assert (row["baseline"], row["baseline_from"], row["change"]) == (None, None, None)
    count(SURVEY.id, [1] + [0] * 10)
    (row,) = benchmarks(heed)["internal"]
    assert (row["baseline"], row["change"]) == (None, None)
    assert row["baseline_from"] == month_after(TODAY, 3).isoformat()
    count(SURVEY.id, [0] * 10 + [99])
    (row,) = benchmarks(heed)["internal"]
    assert row["baseline_from"] == month_after(TODAY).isoformat()


def test_a_row_has_the_response_rate_with_its_counts_and_the_nearest_open_goal(heed: Heed) -> None:
    counts = {"c10": 40, "n": 40, "asked": 100, "answered": 40, "refused": 1, "bounced": 2}
    for write in tally_writes(SURVEY.id, {("all", TODAY.isoformat()): counts}, 0):
        wiring.table().write(write)
    for target, days in ((60, 300), (50, 30)):
        by = (TODAY + timedelta(days=days)).isoformat()
        goal = {"metric": "nps", "target": target, "by": by}
        assert heed.call("POST", f"/v1/surveys/{SURVEY.id}/goals", goal).status_code == 201
    (row,) = benchmarks(heed)["internal"]
    assert (row["asked"], row["answered"], row["response_rate"]) == (100, 40, 0.4)
    assert row["non_response"]["count"] == 60
    assert (row["goal"]["target"], row["goal"]["status"]) == (50, "reached")


def test_of_many_surveys_one_that_moved_by_chance_alone_is_not_named(heed: Heed) -> None:
    before, after = [8] + [0] * 9 + [12], [2] + [0] * 9 + [18]
    for number in range(8):
        put(heed, f"s{number}", f"Survey {number}")
        count_on_first_of(6, f"s{number}", before)
        count(f"s{number}", after if number == 0 else before)
    rows = {row["survey"]: row["change"] for row in benchmarks(heed)["internal"]}
    assert rows["s0"]["p"] < 0.05 < rows["s0"]["p_adjusted"]
    assert {one["finding"] for one in rows.values() if one} == {"no_clear_change"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=score", (400, "ranking-refused")),
        ("order=-now", (400, "ranking-refused")),
        ("top=5", (400, "ranking-refused")),
        ("department=IT&department=HR", (400, "comparison-refused")),
        ("department=IT,HR", (400, "comparison-refused")),
        ("survey=it&survey=hr", (400, "comparison-refused")),
        ("surveys=it,hr", (400, "comparison-refused")),
        ("by=team", (400, "comparison-refused")),
        ("agent=Tomas", (400, "employee-score-refused")),
        ("department=IT", (422, "validation")),
        ("audience=internal", (422, "validation")),
        ("limit=5", (422, "validation")),
        ("cursor=e30", (422, "validation")),
    ],
)
def test_nothing_chooses_or_orders_surveys(
    heed: Heed, query: str, expected: tuple[int, str]
) -> None:
    answer = heed.call("GET", f"{BENCHMARKS}?{query}")
    assert problem(answer) == expected
    if expected[1] == "comparison-refused":
        assert "own past" in answer.json_body["detail"]


def test_more_surveys_come_in_pages(heed: Heed) -> None:
    for number in range(SURVEYS_ON_A_PAGE):
        surveys_wiring.surveys().put(replace(SURVEY, id=f"s{number}", counts="send"))
    seen: list[str] = []
    path: str | None = BENCHMARKS
    while path:
        page = heed.call("GET", path)
        seen += [row["survey"] for row in page.json_body["internal"]]
        cursor = page.json_body["next"]
        path = f"{BENCHMARKS}?cursor={cursor}" if cursor else None
        assert ("Link" in page.headers) == bool(cursor)
    assert len(seen) == len(set(seen)) == SURVEYS_ON_A_PAGE + 1


def test_a_row_costs_the_same_however_many_answered(heed: Heed) -> None:
    calls: list[str] = []
    wiring.table()._table._client.meta.events.register(  # type: ignore[attr-defined]
        "before-send.dynamodb", lambda event_name, **_: calls.append(event_name)
    )

    def cost() -> list[str]:
        calls.clear()
        heed.call("GET", BENCHMARKS)
        return sorted(calls)  # some go side by side

    count(SURVEY.id, [1] + [0] * 10)
    few = cost()
    count(SURVEY.id, [10**6] + [0] * 10)
    assert cost() == few


def test_the_same_numbers_are_not_sent_twice_and_a_table_is_one_row_per_survey(heed: Heed) -> None:
    put(heed, "reviews", "=HYPERLINK(1)", "external")
    count(SURVEY.id, [0] * 10 + [12])
    tag = heed.call("GET", BENCHMARKS).headers["ETag"]
    assert heed.call("GET", BENCHMARKS, If_None_Match=tag).status_code == 304
    answer = heed.call("GET", BENCHMARKS, Accept="text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))
    assert [(row["audience"], row["name"]) for row in rows] == [
        ("internal", "IT Help Desk"),
        ("external", "'=HYPERLINK(1)"),
    ]
    assert (rows[0]["responses"], rows[0]["score"], rows[1]["score"]) == ("12", "100.0", "")


def test_benchmarks_are_for_who_may_read_scores(heed: Heed) -> None:
    answer = heed.call("GET", BENCHMARKS, key=heed.make_key(Scope.SURVEYS_READ))
    assert problem(answer) == (403, "scope-missing")
