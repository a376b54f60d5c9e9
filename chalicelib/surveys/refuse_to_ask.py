"""Why a survey asks nobody."""

from chalicelib.errors import Conflict, FieldError, SuccessMissing
from chalicelib.surveys.definition import Survey


def refuse_to_ask(survey: Survey) -> None:
    """Raises SuccessMissing of a draft, or Conflict of a survey that is closed."""
    if survey.closed:
        raise Conflict([FieldError("survey", "survey_closed", "It asks nobody any more.")])
    if survey.is_draft:
        raise SuccessMissing(survey.id)
