"""Why a survey asks nobody."""

from chalicelib.errors import Conflict, FieldError, SuccessMissing
from chalicelib.surveys.definition import Survey


def refuse_to_ask(survey: Survey) -> None:
    """Raises SuccessMissing of a draft, or Conflict of a survey that is closed."""
    if survey.closed:
        raise Conflict([FieldError("survey", "survey_closed", "It asks nobody any more.")])
    if survey.is_draft:
        raise SuccessMissing(survey.id)


def refuse_anonymous(survey: Survey) -> None:
    """Whoever is asked alone, or at a time of their own, is known by it. Raises Conflict."""
    if survey.identity == "anonymous":
        detail = f"Ask at least ten people at once: POST /v1/surveys/{survey.id}/waves."
        raise Conflict([FieldError("survey", "asked_in_waves", detail)])
