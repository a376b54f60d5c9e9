"""What is split side by side, and what never is."""

from typing import Any

import pytest

from tests.functional.conftest import Heed
from tests.support.problems import problem
from tests.support.samples import SURVEY
from tests.support.scores import count


def survey_with(heed: Heed, **more: Any) -> str:
    body = SURVEY.model_dump(mode="json", exclude={"id"}) | more
    assert heed.call("PUT", "/v1/surveys/nps", body).status_code == 200
    return "/v1/surveys/nps/scores"


@pytest.mark.parametrize("by", ["squad", "group", "place"])
def test_teams_are_never_side_by_side_whatever_they_are_called(heed: Heed, by: str) -> None:
    body = {"segments": ["place", "squad", "group", "role"], "segment_of": {"place": "team"}}
    path = survey_with(heed, **body)
    for value in ("A", "B"):
        count("nps", [0] * 10 + [7], segment=f"{by}={value}")
    assert problem(heed.call("GET", f"{path}?by={by}")) == (400, "comparison-refused")
    assert heed.call("GET", path + "?by=segment").json_body["segments"] == []
    assert heed.call("GET", f"{path}?segment={by}%3DA").json_body["responses"] == 7


def test_a_word_for_a_team_is_declared_as_one(heed: Heed) -> None:
    path = "/v1/surveys/" + SURVEY.id
    body = SURVEY.model_dump(mode="json", exclude={"id"}) | {"segment_of": {"group": "role"}}
    assert heed.call("PUT", path, body).status_code == 422
    assert heed.call("PUT", path, body | {"segment_of": {"group": "team"}}).status_code == 200


def test_values_of_few_answers_stand_together(heed: Heed) -> None:
    path = survey_with(heed, segments=["role"])
    count("nps", [0] * 10 + [16])
    for value, answers in (("a", 4), ("b", 3), ("c", 5), ("other", 4)):
        count("nps", [0] * 10 + [answers], segment=f"role={value}")
    rows = heed.call("GET", path + "?by=role").json_body["segments"]
    assert [(row["value"], row["responses"]) for row in rows] == [("c", 5), ("other", 11)]
