"""What a survey's promise lets a view tell about one person. Pure."""

from chalicelib.errors import Conflict, FieldError


def tells_who_answered(identity: str) -> bool:
    """True for named surveys alone. A confidential or anonymous survey does not even tell
    whether a person answered."""
    return identity == "named"


def require_named(identity: str) -> None:
    """Raises Conflict."""
    if not tells_who_answered(identity):
        detail = (
            "This tells of single people whether they answered, and the survey promised them"
            " that nobody learns that. Only named surveys have it."
        )
        raise Conflict([FieldError("survey", "survey_not_named", detail)])
