"""Deletes a survey that asked nobody."""

from collections.abc import Callable

from msgspec import Struct

from chalicelib.errors import Conflict, FieldError
from chalicelib.surveys.store import SurveyStore


class DeleteSurveyNeeds(Struct, frozen=True):
    """`is_counted` and `has_box` tell that people were asked."""

    surveys: SurveyStore
    is_counted: Callable[[str], bool]
    has_box: Callable[[str], bool]


def delete_survey(survey_id: str, needs: DeleteSurveyNeeds) -> None:
    """Safe to run twice: what hangs on it goes first. Raises NotFound or Conflict."""
    survey = needs.surveys.get(survey_id)
    if not survey.closed and not survey.is_sealed:
        raise _conflict("not_closed", "Close it first, so that nobody is asked meanwhile.")
    asked = needs.is_counted(survey_id) or needs.has_box(survey_id)
    if asked or needs.surveys.has_invitations(survey_id):
        raise _conflict(
            "people_asked", f"People were asked. After an export: heed surveys delete {survey_id}"
        )
    if needs.surveys.has_hook(survey_id):
        raise _conflict("hook_in_use", "A help desk is connected. Delete its hook first.")
    needs.surveys.delete(survey_id)


def _conflict(code: str, detail: str) -> Conflict:
    return Conflict([FieldError("survey", code, detail)])
