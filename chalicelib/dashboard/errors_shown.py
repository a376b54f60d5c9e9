"""Errors as a form shows them: beside the field that they point at."""

from typing import Final

from chalicelib import errors
from chalicelib.errors import FieldError
from chalicelib.web.problems import fields_of

CHANGED: Final = FieldError("", "changed_meanwhile", "Somebody changed it meanwhile.")
FORGED: Final = FieldError("", "forged", "Press the button again.")
_STATUS: Final[dict[type[Exception], int]] = {
    errors.Conflict: 409,
    errors.Invalid: 422,
    errors.BadRequest: 400,
    errors.ChangedMeanwhile: 409,
    errors.CauseRefused: 409,
    errors.SuccessMissing: 409,
    errors.TooOften: 429,
}
_WHOLE: Final[dict[type[Exception], FieldError]] = {
    errors.ChangedMeanwhile: CHANGED,
    errors.TooOften: FieldError("", "too_often", "Wait a minute."),
    errors.CauseRefused: FieldError("#/cause", "cause_missing", "Give a cause."),
    errors.SuccessMissing: FieldError("#/success", "success_missing", "Say what success is."),
}


def status_of(error: Exception) -> int | None:
    """None for what is no fault of the form."""
    found = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), None)
    return found or (422 if fields_of(error) else None)


def errors_of(error: Exception) -> dict[str, FieldError]:
    """By the name of the field, which is the JSON pointer of the API without its beginning:
    `name`, `segments/0/values`. The first for each field."""
    found: dict[str, FieldError] = {}
    for field in _fields(error):
        found.setdefault(field.pointer.removeprefix("#/"), field)
    return found


def _fields(error: Exception) -> list[FieldError]:
    if isinstance(error, errors.Invalid):
        return list(error.errors)
    if isinstance(error, errors.BadRequest):
        return [FieldError("", error.code, error.detail)]
    whole = [field for kind, field in _WHOLE.items() if isinstance(error, kind)]
    return whole or fields_of(error)
