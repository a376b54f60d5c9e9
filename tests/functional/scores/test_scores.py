"""The scores as a manager's program reads them."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib import moments, wiring
from chalicelib.tally.tally import tally_writes
from tests.functional.conftest import Heed
from tests.support.problems import problem
from tests.support.samples import SURVEY
from tests.support.scores import SCORES, count

VECTORS = json.loads((Path(__file__).parents[2] / "data/statistics_vectors.json").read_text())


def survey_with(heed: Heed, scale: str, **more: Any) -> str:
    body = {"name": "S", "question": "How was it?", "audience": "internal", "team": "IT"}
    put = heed.call("PUT", f"/v1/surveys/{scale}", body | {"scale": scale} | more)
    assert put.status_code == 200, put.json_body
    return f"/v1/surveys/{scale}/scores"


@pytest.mark.parametrize("vector", VECTORS["nps"], ids=lambda one: one["name"])
def test_every_nps_vector_comes_out_of_the_api(heed: Heed, vector: dict[str, Any]) -> None:
    count(SURVEY.id, vector["counts"])
    found = heed.call("GET", SCORES).json_body
    raw = found["raw"]
    assert (found["responses"], raw and raw["score"]) == (vector["n"], vector["nps"])
    shown = [raw["low"], raw["high"]] if raw else None
    assert shown == (pytest.approx(vector["ci95"], abs=1e-5) if vector["ci95"] else None)


@pytest.mark.parametrize("vector", VECTORS["csat_top2_of_5"])
def test_csat_is_the_share_of_the_best_two(heed: Heed, vector: dict[str, Any]) -> None:
    path = survey_with(heed, "csat")
    count("csat", vector["counts_1_to_5"], lowest=1)
    found = heed.call("GET", path).json_body
    raw = found["raw"]
    assert [raw["score"], raw["low"], raw["high"]] == pytest.approx(vector["top2"], abs=1e-3)
    assert (found["metric"], found["nps"], found["nps_interval"]) == ("csat", None, None)


@pytest.mark.parametrize("vector", VECTORS["ces_1_to_7"])
def test_ces_is_the_mean(heed: Heed, vector: dict[str, Any]) -> None:
    path = survey_with(heed, "ces")
    count("ces", vector["counts_1_to_7"], lowest=1)
    found = heed.call("GET", path).json_body
    between, raw = found["score_interval"], found["raw"]
    assert [raw["score"], raw["sd"]] == pytest.approx(vector["mean_sd_lo_hi"][:2], abs=1e-3)
    assert 1 <= between["low"] < found["score"] < between["high"] <= 7


@pytest.mark.parametrize(
    ("answers", "reading"),
    [(0, "too_few"), (9, "too_few"), (10, "early"), (29, "early"), (30, "steady")],
)
def test_the_reading_follows_the_count(heed: Heed, answers: int, reading: str) -> None:
    count(SURVEY.id, [0] * 9 + [answers, 0])
    assert heed.call("GET", SCORES).json_body["reading"] == reading


def test_nobody_answered_is_no_score_and_not_zero(heed: Heed) -> None:
    found = heed.call("GET", SCORES).json_body
    assert (found["score"], found["nps"], found["response_rate"]) == (None, None, None)
    assert found["non_response"] == {
        "count": 0,
        "share": None,
        "silent": 0,
        "refused": 0,
        "bounced": 0,
    }


def test_silence_is_a_row_of_its_own_and_in_no_score(heed: Heed) -> None:
    day = moments.now().date().isoformat()
    counts = {"c10": 4, "n": 4, "asked": 10, "answered": 4, "refused": 1, "bounced": 2}
    for write in tally_writes(SURVEY.id, {("all", day): counts}, 0):
        wiring.table().write(write)
    found = heed.call("GET", SCORES).json_body
    assert (found["nps"], found["responses"], found["response_rate"]) == (100.0, 4, 0.4)
    assert found["non_response"] == {
        "count": 6,
        "share": 0.6,
        "silent": 3,
        "refused": 1,
        "bounced": 2,
    }


def test_what_is_held_is_counted_apart(heed: Heed) -> None:
    day = moments.now().date().isoformat()
    counts = {"held|robot|scanned": 2, "held|sweep|unknown": 1, "counted|input|unknown": 5}
    for write in tally_writes(SURVEY.id, {("all", day): counts}, 0):
        wiring.table().write(write)
    found = heed.call("GET", SCORES).json_body
    assert (found["held"], found["responses"]) == (3, 0)


def test_a_split_shows_each_declared_value_with_its_counts(heed: Heed) -> None:
    count(SURVEY.id, [5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30])
    count(SURVEY.id, [5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5], segment="organization=Network")
    count(SURVEY.id, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 25], segment="organization=Desk = 1#2")
    found = heed.call("GET", SCORES + "?by=organization").json_body
    rows = {
        row["value"]: (row["segment"], row["responses"], row["nps"]) for row in found["segments"]
    }
    assert rows == {"Network": ("organization", 10, 0.0), "Desk = 1#2": ("organization", 25, 100.0)}
    every = heed.call("GET", SCORES + "?by=segment").json_body
    assert every["segments"] == found["segments"]
    one = heed.call("GET", SCORES + "?segment=organization%3DDesk%20%3D%201%232").json_body
    assert (one["responses"], one["segment"]) == (25, "organization=Desk = 1#2")


def test_a_score_is_compared_with_the_range_before_or_with_the_baseline(heed: Heed) -> None:
    count(SURVEY.id, [50] + [0] * 9 + [50], ago=150)
    count(SURVEY.id, [0] * 10 + [60], ago=40)
    count(SURVEY.id, [60] + [0] * 10, ago=1)
    now = heed.call("GET", f"{SCORES}?from={_day(30)}&compare=previous").json_body
    assert (now["change"]["finding"], now["change"]["difference"]) == ("fall", -200.0)
    first = heed.call("GET", f"{SCORES}?from={_day(30)}&compare=baseline").json_body
    assert (first["change"]["responses"], first["change"]["score"]) == (100, 0.0)
    assert first["change"]["reading"] == "steady"
    assert heed.call("GET", SCORES + "?compare=none").json_body["change"] is None


@pytest.mark.parametrize(("ago", "told"), [(364, False), (367, True), (420, True)])
def test_a_survey_in_its_first_year_shows_wins_and_no_change(
    heed: Heed, ago: int, told: bool
) -> None:
    count(SURVEY.id, [0] * 10 + [1], ago=ago)
    count(SURVEY.id, [100] + [0] * 10)
    found = heed.call("GET", SCORES).json_body
    assert (found["change"] is not None) is told
    assert found["wins"] is not None
    assert heed.call("GET", SCORES + "?compare=previous").json_body["change"] is not None


def _day(ago: int) -> str:
    return (moments.now() - timedelta(days=ago)).date().isoformat()


def test_the_same_numbers_are_not_sent_twice(heed: Heed) -> None:
    first = heed.call("GET", SCORES)
    tag = first.headers["ETag"]
    again = heed.call("GET", SCORES, If_None_Match=f'"other", W/{tag}')
    assert (again.status_code, again.body, again.headers["ETag"]) == (304, b"", tag)
    count(SURVEY.id, [1] + [0] * 10)
    changed = heed.call("GET", SCORES, If_None_Match=tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_a_table_has_the_range_its_periods_and_its_segments(heed: Heed) -> None:
    count(SURVEY.id, [6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
    count(SURVEY.id, [6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2], segment="organization==HYPERLINK(1)")
    answer = heed.call("GET", SCORES + "?by=organization&interval=quarter", Accept="text/csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))
    assert {row["row"] for row in rows} == {"range", "period", "segment"}
    (segment,) = [row for row in rows if row["row"] == "segment"]
    assert segment["value"] == "'=HYPERLINK(1)"
    assert (segment["score"], segment["count_0"], segment["count_10"]) == ("-50.0", "6", "2")
    assert float(segment["raw_low"]) == pytest.approx(float(segment["low"]), abs=0.5)


def test_only_the_parts_that_are_wanted_come(heed: Heed) -> None:
    found = heed.call("GET", SCORES + "?fields=score,response_rate").json_body
    assert "score_interval" in found
    assert "non_response" in found
    assert not {"periods", "distribution", "wins", "trend"} & set(found)


@pytest.mark.parametrize(
    "query",
    [
        "sort=score",
        "sort=-nps",
        "order_by=score",
        "rank=asc",
        "top=3",
        "by=role&orderBy=nps",
    ],
)
def test_a_ranking_is_refused_with_the_reason(heed: Heed, query: str) -> None:
    answer = heed.call("GET", f"{SCORES}?{query}")
    assert problem(answer) == (400, "ranking-refused")
    assert "own past" in answer.json_body["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "by=department",
        "by=team",
        "segment=group%3DA&segment=group%3DB",
        "segment=department%3DIT,HR",
        "department=IT&department=HR",
        "department=IT,HR",
    ],
)
def test_two_departments_are_never_compared(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"{SCORES}?{query}")) == (400, "comparison-refused")


def test_two_values_in_one_filter_are_refused_and_a_comma_in_a_name_is_not(heed: Heed) -> None:
    for value in ("Oslo, Bergen", "Oslo"):
        count(SURVEY.id, [0] * 10 + [7], segment=f"organization={value}")
    assert (
        heed.call("GET", f"{SCORES}?segment=organization%3DOslo,%20Bergen").json_body["responses"]
        == 7
    )
    for several in ("Oslo,Bergen", "Oslo%7CBergen", "Oslo;organization%3DBergen"):
        answer = heed.call("GET", f"{SCORES}?segment=organization%3D{several}")
        assert problem(answer) == (400, "comparison-refused")


@pytest.mark.parametrize(
    "query",
    [
        "agent=Tomas",
        "by=agent",
        "by=assignee",
        "segment=agent%3DTomas",
        "assigneeId=7",
        "solved_by=x",
    ],
)
def test_there_is_no_score_per_employee(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"{SCORES}?{query}")) == (400, "employee-score-refused")


@pytest.mark.parametrize(
    "name", ["agent", "agents", "assignee_email", "it_technician", "solved_by"]
)
def test_no_survey_can_split_its_answers_by_employee(heed: Heed, name: str) -> None:
    body = {"name": "S", "question": "?", "audience": "internal", "team": "IT", "segments": [name]}
    answer = heed.call("PUT", "/v1/surveys/other", body)
    assert (answer.status_code, answer.json_body["errors"][0]["pointer"]) == (422, "#/segments/0")


def test_one_department_may_be_looked_at(heed: Heed) -> None:
    path = survey_with(heed, "nps", segments=["department", "role"])
    count("nps", [0] * 10 + [7], segment="department=IT")
    count("nps", [0] * 10 + [5], segment="role=manager")
    assert heed.call("GET", path + "?segment=department%3DIT").json_body["responses"] == 7
    rows = heed.call("GET", path + "?by=segment").json_body["segments"]
    assert [(row["segment"], row["value"]) for row in rows] == [("role", "manager")]


def test_what_nobody_can_read_is_not_acceptable(heed: Heed) -> None:
    assert heed.call("GET", SCORES, Accept="image/png").status_code == 406


def test_a_survey_keeps_the_scale_that_people_were_asked_on(heed: Heed) -> None:
    body = {"name": "S", "question": "How was it?", "audience": "internal", "team": "IT"}
    path = "/v1/surveys/kept"
    for scale in ("nps", "csat"):
        assert heed.call("PUT", path, body | {"scale": scale}).status_code == 200
    count("kept", [1, 0, 2, 0, 4], lowest=1)
    other = heed.call("PUT", path, body | {"scale": "nps"})
    assert problem(other) == (409, "does-not-fit")
    assert other.json_body["errors"][0]["pointer"] == "#/scale"
    assert heed.call("PUT", path, body | {"scale": "csat", "name": "T"}).status_code == 200
    assert heed.call("GET", path + "/scores").json_body["responses"] == 7


def test_a_zone_that_is_left_empty_is_no_zone(heed: Heed) -> None:
    assert problem(heed.call("GET", SCORES + "?tz=")) == (409, "does-not-fit")
    assert heed.call("GET", SCORES + "?tz=UTC").status_code == 200
