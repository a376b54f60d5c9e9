"""A survey typed into a form."""

import pytest
from msgspec.structs import replace

from chalicelib.dashboard.setup.surveys.form import read_typed, typed_for
from tests.support.given_surveys import body_of, survey_of
from tests.support.samples import SURVEY

TYPED = {**typed_for(None), "name": "IT", "team": "IT Help Desk", "success": "They are glad."}


def problems(**typed: str) -> dict[str, str]:
    survey, found = read_typed({**TYPED, **typed}, "it", None)
    assert (survey is None) == bool(found)
    return {field: error.code for field, error in found.items()}


def test_a_new_form_needs_a_name_and_a_team_and_no_more() -> None:
    survey, found = read_typed(TYPED, "it", None)
    assert found == {}
    assert survey
    assert (survey.id, survey.standard, survey.is_draft) == ("it", "recommend", False)


def test_what_a_form_shows_of_a_survey_is_that_survey_again() -> None:
    survey = replace(SURVEY, segment_of={"group": "team"}, reminder_days=3)
    assert read_typed(typed_for(survey), survey.id, survey) == (survey, {})


def test_what_the_form_does_not_show_stays() -> None:
    given = body_of(SURVEY) | {
        "themes": {"wifi": ["wifi"]},
        "plan": [{"do": "open_task", "when": {"bands": ["detractor"]}}],
        "segment_values": {"group": ["Network"]},
        "link": "personal",
    }
    survey = survey_of(given)
    changed, found = read_typed({**typed_for(survey), "name": "Another"}, survey.id, survey)
    assert found == {}
    assert changed == replace(survey, name="Another")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"name": " "}, {"name": "missing"}),
        ({"name": "", "team": ""}, {"name": "missing", "team": "missing"}),
        ({"name": "x" * 201}, {"name": "string_too_long"}),
        ({"standard": "", "question": ""}, {"question": "missing"}),
        ({"scale": "thumbs"}, {"scale": "standard_wants_numbers"}),
        ({"scale": "csat", "look": "stars"}, {"scale": "standard_wants_numbers"}),
        ({"scale": "made up"}, {"scale": "unusable"}),
        ({"identity": "anonymous"}, {"closes_on": "last_day_missing"}),
        ({"identity": "anonymous", "closes_on": "soon"}, {"closes_on": "not_a_day"}),
        (
            {"identity": "confidential", "asks_contact": "yes", "open_link": "yes"},
            {"asks_contact": "confidential_asks_nobody", "open_link": "sealed_has_none"},
        ),
        ({"open_days": "ten"}, {"open_days": "not_a_number"}),
        ({"open_days": "0"}, {"open_days": "out_of_range"}),
        ({"tz": "Etc/Nowhere"}, {"tz": "unusable"}),
        ({"segment.0": "Agent"}, {"segment.0": "segment_name"}),
        ({"segment.0": "region", "segment.1": "agent"}, {"segment.1": "segment_name"}),
        ({"segment.0": "department", "of.0": "role"}, {"": "unusable"}),
    ],
)
def test_each_problem_stands_at_its_field(typed: dict[str, str], found: dict[str, str]) -> None:
    assert problems(**typed) == found


def test_own_words_take_the_place_of_a_standard_question() -> None:
    survey, _ = read_typed({**TYPED, "standard": "", "question": "How was it?"}, "it", None)
    assert survey
    assert survey.asked == "How was it?"


def test_segments_say_what_they_are_of() -> None:
    typed = {**TYPED, "segment.0": "region", "of.0": "location", "segment.2": "size", "of.2": ""}
    survey, _ = read_typed(typed, "it", None)
    assert survey
    assert (survey.segments, survey.segment_of) == (["region", "size"], {"region": "location"})


def test_a_survey_that_becomes_sealed_counts_a_send() -> None:
    survey, found = read_typed({**typed_for(SURVEY), "identity": "confidential"}, "it", None)
    assert found == {}
    assert survey
    assert survey.counts == "send"
