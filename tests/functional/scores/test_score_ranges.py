"""The days that scores are asked for."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import moments, wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from tests.functional.conftest import Heed
from tests.support.problems import problem
from tests.support.samples import stored_invitation
from tests.support.scores import SCORES


def answer(name: str, score: int, **changes: Any) -> None:
    made = stored_invitation(wiring.table(), name, **changes)
    now = moments.now()
    record_response(
        made.id, Answer(score), new_operation(now), "UTC", now, responses_wiring.record_needs()
    )


def test_scores_count_what_was_answered_today(heed: Heed) -> None:
    for name, score in (("a", 10), ("b", 9), ("c", 7), ("d", 2)):
        answer(name, score)
    found = heed.call("GET", SCORES + "?interval=day").json_body
    assert (found["responses"], found["nps"], found["reading"]) == (4, 25.0, "too_few")
    assert found["bands"]["promoters"] == {"count": 2, "share": 0.5}
    today = moments.now().date()
    assert found["periods"][-1]["from"] == today.isoformat()
    assert found["periods"][-1]["responses"] == 4
    assert len(found["periods"]) == 90


def test_a_range_is_half_open(heed: Heed) -> None:
    answer("a", 10)
    today, tomorrow = moments.now().date(), moments.now().date() + timedelta(days=1)
    assert heed.call("GET", f"{SCORES}?from={today}&to={tomorrow}").json_body["responses"] == 1
    yesterday = today - timedelta(days=1)
    assert heed.call("GET", f"{SCORES}?from={yesterday}&to={today}").json_body["responses"] == 0


@pytest.mark.parametrize(
    "query",
    [
        "from=yesterday",
        "from=1767225600",
        "from=20260101",
        "interval=hour",
        "colour=red",
        "by=Role",
        "segment=group",
        "fields=nps;score",
        "compare=others",
        "interval=day&interval=week",
        "from=2026-01-01T00:00:00Z",
        "since=2026-01-01",
    ],
)
def test_a_range_that_cannot_be_used_is_pointed_at(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"{SCORES}?{query}")) == (422, "validation")


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-02-02&to=2026-02-02",
        "fields=score,score",
        "from=1900-01-01",
        "from=2010-01-01&to=2026-01-01",
        "tz=Europe/Oslo",
        "by=region",
        "segment=region=North",
        "by=organization&segment=group=Network",
    ],
)
def test_what_does_not_fit_the_survey_is_told(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"{SCORES}?{query}")) == (409, "does-not-fit")


def test_scores_of_an_unknown_survey_are_not_found(heed: Heed) -> None:
    assert problem(heed.call("GET", "/v1/surveys/none/scores")) == (404, "not-found")
