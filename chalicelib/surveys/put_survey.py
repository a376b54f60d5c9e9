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


def put_survey(
    survey: Survey, by: str, surveys: SurveyStore, is_counted: Callable[[str], bool]
) -> None:
    """`by` is the id of a key. Raises Conflict when the scale changes after people were asked."""
    # A 5 is the middle of one scale and the best of another.
    before = _scale_of(survey.id, surveys)
    if before not in (None, survey.scale) and is_counted(survey.id):
        detail = f"People were asked on {before}. Make another survey for another scale."
        raise Conflict([FieldError("#/scale", "scale_in_use", detail)])
    surveys.put(survey, by)


def read_survey(body: dict[str, Any], survey_id: str) -> Survey:
    """The body may repeat the id of the path. Raises Conflict or pydantic's ValidationError."""
    if body.get("id", survey_id) != survey_id:
        raise Conflict([FieldError("#/id", "id_differs", "The path names another survey.")])
    return Survey.model_validate({**body, "id": survey_id})


def _scale_of(survey_id: str, surveys: SurveyStore) -> str | None:
    try:
        return surveys.get(survey_id).scale
    except NotFound:
        return None
