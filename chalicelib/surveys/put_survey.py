"""Makes and changes surveys."""

from collections.abc import Callable
from typing import Any

from chalicelib.errors import (
    Conflict,
    FieldError,
    NotFound,
)
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.store import SurveyStore


def put_survey(survey: Survey, surveys: SurveyStore, is_counted: Callable[[str], bool]) -> None:
    """Raises Conflict when what its numbers mean changes after people were asked."""
    before = _before(survey.id, surveys)
    errors = _contradictions(before, survey) if before else []
    if errors and is_counted(survey.id):
        raise Conflict(errors)
    surveys.put(survey)


def read_survey(body: dict[str, Any], survey_id: str) -> Survey:
    """The body may repeat the id of the path. Raises Conflict or pydantic's ValidationError."""
    if body.get("id", survey_id) != survey_id:
        raise Conflict([FieldError("#/id", "id_differs", "The path names another survey.")])
    return Survey.model_validate({**body, "id": survey_id})


def _contradictions(before: Survey, after: Survey) -> list[FieldError]:
    errors = []
    # A 5 is the middle of one scale and the best of another.
    if before.scale != after.scale:
        detail = f"People were asked on {before.scale}. Make another survey for another scale."
        errors.append(FieldError("#/scale", "scale_in_use", detail))
    # The answers of scripts stay in a trial, and those of people out of it.
    if before.trial != after.trial:
        detail = "A survey with answers stays a trial, or none. Make another survey."
        errors.append(FieldError("#/trial", "trial_in_use", detail))
    return errors


def _before(survey_id: str, surveys: SurveyStore) -> Survey | None:
    try:
        return surveys.get(survey_id)
    except NotFound:
        return None
