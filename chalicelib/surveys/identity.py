"""What a survey's promise lets a view tell about one person. Pure."""

from chalicelib.errors import Conflict, FieldError
from chalicelib.surveys.definition import Survey


def require_named(survey: Survey) -> None:
    """A sealed survey does not even tell whether a person answered. Raises Conflict."""
    if survey.is_sealed:
        detail = (
            "This tells of single people whether they answered, and the survey promised them"
            " that nobody learns that. Only named surveys have it."
        )
        raise Conflict([FieldError("survey", "survey_not_named", detail)])
