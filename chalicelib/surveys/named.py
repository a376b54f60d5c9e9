"""What is told of single people is told of named surveys alone."""

from chalicelib.api_keys.api_key import Scope
from chalicelib.errors import Conflict, FieldError
from chalicelib.surveys.identity import tells_who_answered


def refuse_unless_named(identity: str) -> None:
    """Raises Conflict."""
    if not tells_who_answered(identity):
        detail = (
            "This tells of single people whether they answered, and the survey promised them"
            " that nobody learns that. Only named surveys have it."
        )
        raise Conflict([FieldError("survey", "survey_not_named", detail)])


def may_show_person(identity: str, scopes: frozenset[Scope]) -> bool:
    """Only a named survey ever shows who answered, and only to a key that may see people."""
    return tells_who_answered(identity) and Scope.PEOPLE_READ in scopes
