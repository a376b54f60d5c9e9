"""What is split side by side, and what never is."""

from typing import Any, get_args

import pytest

from chalicelib.surveys.segment import SegmentOf
from tests.functional.conftest import Heed
from tests.support.given_surveys import body_of
from tests.support.problems import problem
from tests.support.samples import SURVEY
from tests.support.scores import count


def survey_with(heed: Heed, **more: Any) -> str:
    body = body_of(SURVEY, "id") | more
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
    body = body_of(SURVEY, "id") | {"segment_of": {"group": "role"}}
    assert heed.call("PUT", path, body).status_code == 422
    assert heed.call("PUT", path, body | {"segment_of": {"group": "team"}}).status_code == 200


@pytest.mark.parametrize("name", ["departement", "code_departement", "departamento", "bakhsh"])
def test_a_part_of_a_country_is_split_where_it_is_declared_as_one(heed: Heed, name: str) -> None:
    path = survey_with(heed, segments=[name], segment_of={name: "location"})
    count("nps", [0] * 10 + [14])
    for value in ("Ain", "Var"):
        count("nps", [0] * 10 + [7], segment=f"{name}={value}")
    for by in ("location", "segment", name):
        rows = heed.call("GET", f"{path}?by={by}").json_body["segments"]
        assert [row["value"] for row in rows] == ["Ain", "Var"]


@pytest.mark.parametrize("of", [{}, {"departement": "team"}])
def test_a_part_of_a_company_is_not_whatever_else_it_may_name(
    heed: Heed, of: dict[str, str]
) -> None:
    path = survey_with(heed, segments=["departement"], segment_of=of)
    assert problem(heed.call("GET", f"{path}?by=departement")) == (400, "comparison-refused")
    assert heed.call("GET", path + "?by=segment").json_body["segments"] == []


@pytest.mark.parametrize(
    ("name", "of"),
    [("departement", "role"), ("department", "location"), ("departement_it", "location")],
)
def test_only_a_place_is_declared_as_one(heed: Heed, name: str, of: str) -> None:
    body = body_of(SURVEY, "id")
    answer = heed.call(
        "PUT", "/v1/surveys/nps", body | {"segments": [name], "segment_of": {name: of}}
    )
    assert answer.status_code == 422


def test_values_of_few_answers_stand_together(heed: Heed) -> None:
    path = survey_with(heed, segments=["role"])
    count("nps", [0] * 10 + [16])
    for value, answers in (("a", 4), ("b", 3), ("c", 5), ("other", 4)):
        count("nps", [0] * 10 + [answers], segment=f"role={value}")
    rows = heed.call("GET", path + "?by=role").json_body["segments"]
    assert [(row["value"], row["responses"]) for row in rows] == [("c", 5), ("other", 11)]


OF = {"site": "location", "floor": "location", "grade": "role", "place": "team"}


def test_a_kind_of_segment_splits_by_those_that_are_of_it(heed: Heed) -> None:
    path = survey_with(heed, segments=[*OF, "x"], segment_of=OF)
    count("nps", [0] * 10 + [7])
    for segment in ("site=Oslo", "floor=1", "grade=A", "x=y"):
        count("nps", [0] * 10 + [7], segment=segment)

    def split(by: str) -> list[str]:
        return [row["segment"] for row in heed.call("GET", f"{path}?by={by}").json_body["segments"]]

    assert split("location") == ["site", "floor"]
    assert (split("role"), split("other"), split("site")) == (["grade"], ["x"], ["site"])


def test_a_split_that_the_survey_does_not_have_is_answered_with_those_it_has(heed: Heed) -> None:
    path = survey_with(heed, segments=[*OF, "x"], segment_of=OF)
    answer = heed.call("GET", path + "?by=region")
    assert problem(answer) == (409, "does-not-fit")
    (error,) = answer.json_body["errors"]
    assert (error["pointer"], error["detail"]) == (
        "by",
        "This survey can be split by: site, floor, grade, x, role, location, other, segment.",
    )
    assert problem(heed.call("GET", path + "?by=product")) == (409, "does-not-fit")


def test_the_document_lists_what_every_survey_can_be_split_by(heed: Heed) -> None:
    document = heed.call("GET", "/v1/openapi.json").json_body
    taken = document["paths"]["/v1/surveys/{survey}/scores"]["get"]["parameters"]
    (by,) = [parameter for parameter in taken if parameter["name"] == "by"]
    listed = {word for choice in by["schema"]["anyOf"] for word in choice.get("enum", [])}
    assert listed == {*get_args(SegmentOf), "segment"} - {"team"}
