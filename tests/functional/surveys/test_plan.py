"""The plan of a survey: what follows its answers, as data."""

from typing import Any

import pytest
from msgspec import to_builtins

from chalicelib.surveys import wiring
from chalicelib.surveys.plan import NAMES
from chalicelib.surveys.schemas import EXAMPLE
from tests.functional.conftest import Heed

PATH = "/v1/surveys/planned"
EFFECTS: list[dict[str, Any]] = [
    {"do": "open_task", "when": {"bands": ["detractor", "passive"]}},
    {"do": "notify", "to": "desk", "when": {"scores": {"max": 4}}, "after": 5},
    {"do": "call_webhook", "to": "crm", "when": {"segments": {"group": '日本 "a"'}}, "once": False},
    {"do": "words_to_team", "when": {"words": True, "contact": False}, "after": 2},
]


def put(heed: Heed, **changes: object) -> Any:
    return heed.call("PUT", PATH, EXAMPLE | changes)


def test_a_survey_has_the_default_plan_unless_it_says_another(heed: Heed) -> None:
    assert put(heed).json_body["plan"] == "default"
    for name in NAMES:
        assert put(heed, plan=name).json_body["plan"] == name
        assert heed.call("GET", PATH).json_body["plan"] == name


def test_a_plan_of_its_own_is_shown_and_read_as_it_was_given(heed: Heed) -> None:
    shown = put(heed, plan=EFFECTS).json_body["plan"]
    assert heed.call("GET", PATH).json_body["plan"] == shown
    assert [effect | {"when": {}} for effect in shown] == [
        {"to": None, "after": 0, "once": True} | effect | {"when": {}} for effect in EFFECTS
    ]
    assert shown[1]["when"]["scores"] == {"min": 0, "max": 4}
    stored = wiring.surveys().get("planned").plan
    assert to_builtins(stored) == shown


@pytest.mark.parametrize(
    ("plan", "pointer", "code"),
    [
        ("none", "#/plan", "list_type"),
        ([{"do": "sing"}], "#/plan/0/do", "literal_error"),
        ([{"do": "notify"}], "#/plan/0", "to_missing"),
        ([{"do": "open_task", "to": "desk"}], "#/plan/0", "to_unwanted"),
        ([{"do": "open_task", "after": 5}], "#/plan/0", "after_unwanted"),
        ([{"do": "follow_up", "once": False}], "#/plan/0", "once_only"),
        ([{"do": "follow_up", "after": 20_000}], "#/plan/0/after", "less_than_equal"),
        ([{"do": "follow_up", "when": {"score": 3}}], "#/plan/0/when/score", "extra_forbidden"),
        ([{"do": "open_task"}] * 21, "#/plan", "too_long"),
    ],
)
def test_an_effect_that_makes_no_sense_is_refused(
    heed: Heed, plan: object, pointer: str, code: str
) -> None:
    answer = put(heed, plan=plan)
    assert answer.status_code == 422
    assert [(one["pointer"], one["code"]) for one in answer.json_body["errors"]] == [
        (pointer, code)
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"plan": [{"do": "open_task"}, {"do": "open_task"}]}, "given_twice"),
        ({"plan": [{"do": "open_task", "when": {"bands": ["dissatisfied"]}}]}, "plan_unfit"),
        ({"plan": [{"do": "open_task", "when": {"scores": {"min": 5, "max": 3}}}]}, "plan_unfit"),
        ({"plan": [{"do": "open_task", "when": {"segments": {"site": "Oslo"}}}]}, "plan_unfit"),
        (
            {"plan": [{"do": "open_task", "when": {"scores": {"min": 8}}}], "scale": "csat"},
            "plan_unfit",
        ),
        ({"plan": "help_desk", "identity": "confidential"}, "plan_unfit"),
    ],
)
def test_a_plan_that_does_not_fit_its_survey_is_refused(
    heed: Heed, changes: dict[str, object], code: str
) -> None:
    answer = put(heed, **changes)
    assert (answer.status_code, answer.json_body["type"]) == (409, "urn:heed:problem:does-not-fit")
    assert [one["code"] for one in answer.json_body["errors"]] == [code]


def test_the_list_of_surveys_shows_plans_too(heed: Heed) -> None:
    put(heed, plan=EFFECTS)
    listed = {one["id"]: one for one in heed.call("GET", "/v1/surveys").json_body["items"]}
    assert listed["planned"]["plan"][0]["do"] == "open_task"
