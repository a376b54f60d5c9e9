"""Surveys, put and shown."""

from typing import Any

import pytest

from tests.functional.conftest import Heed
from tests.support.problems import problem


@pytest.mark.parametrize("minutes", [-1, 43_201, "soon", None])
def test_a_pause_that_cannot_be_is_refused(heed: Heed, minutes: object) -> None:
    body = {"name": "R", "question": "How likely?", "audience": "external", "team": "Sales"}
    change = {"open_link": True, "open_link_pause_minutes": minutes}
    assert heed.call("PUT", "/v1/surveys/reviews", body | change).status_code == 422


def test_a_survey_can_be_put_shown_and_listed(heed: Heed) -> None:
    body = {"name": "Reviews", "question": "How likely?", "audience": "external", "team": "Sales"}
    put = heed.call("PUT", "/v1/surveys/reviews", body)
    assert put.status_code == 200
    assert put.json_body["counts"] == "tap"
    assert heed.call("GET", "/v1/surveys/reviews").json_body == put.json_body
    listed = heed.call("GET", "/v1/surveys").json_body["items"]
    assert [survey["id"] for survey in listed] == ["it-help-desk", "reviews"]


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("/v1/surveys/Reviews", {}),
        ("/v1/surveys/reviews", {"tz": "Mars/Base"}),
        ("/v1/surveys/reviews", {"tz": "../../etc/passwd"}),
        ("/v1/surveys/reviews", {"tz": "Etc/GMT-1"}),
        ("/v1/surveys/reviews", {"identity": "secret"}),
        ("/v1/surveys/reviews", {"smallest_group": 4}),
        ("/v1/surveys/reviews", {"smallest_group": 21}),
        ("/v1/surveys/reviews", {"closes_on": "2026-02-30"}),
        ("/v1/surveys/reviews", {"closes_on": 0}),
        ("/v1/surveys/reviews", {"closes_on": 20_000.5}),
        ("/v1/surveys/reviews", {"question": "a\r\nb"}),
        ("/v1/surveys/reviews", {"colour": "red"}),
        ("/v1/surveys/reviews", {"name": "\u00a0"}),
        ("/v1/surveys/reviews", {"throttle_days": "30"}),
        ("/v1/surveys/reviews", {"throttle_days": True}),
        ("/v1/surveys/reviews", {"open_link": 1}),
    ],
)
def test_a_survey_that_cannot_be_used_is_refused(
    heed: Heed, path: str, change: dict[str, Any]
) -> None:
    body = {"name": "Reviews", "question": "How likely?", "audience": "external", "team": "Sales"}
    assert problem(heed.call("PUT", path, body | change)) == (422, "validation")


def test_a_whole_number_may_be_spelled_with_a_point(heed: Heed) -> None:
    body = {"name": "x", "question": "?", "audience": "external", "team": "x", "open_days": 5.0}
    assert heed.call("PUT", "/v1/surveys/reviews", body).json_body["open_days"] == 5
    answer = heed.call("PUT", "/v1/surveys/reviews", body | {"open_days": 5.5})
    assert problem(answer) == (422, "validation")


def test_a_survey_is_not_put_where_another_belongs(heed: Heed) -> None:
    body = {"name": "x", "question": "?", "audience": "external", "team": "x", "id": "other"}
    assert problem(heed.call("PUT", "/v1/surveys/reviews", body)) == (409, "does-not-fit")


@pytest.mark.parametrize(
    "said", [{"segment_values": {"role": ["a"]}}, {"segment_of": {"role": "role"}}]
)
def test_what_is_said_of_another_segment_does_not_fit(heed: Heed, said: dict[str, Any]) -> None:
    body = {"name": "R", "question": "How likely?", "audience": "external", "team": "Sales"}
    refused = heed.call("PUT", "/v1/surveys/reviews", body | said)
    assert problem(refused) == (409, "does-not-fit")
    assert refused.json_body["errors"][0]["code"] == "segment_undeclared"
