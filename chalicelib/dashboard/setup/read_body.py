"""Reads a form as the body that the API takes. What is wrong is said of the field as a whole, since
a form has one field for a list."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from msgspec.structs import replace
from pydantic import BaseModel, ValidationError

from chalicelib.dashboard.visit import Visit
from chalicelib.errors import Conflict, FieldError, Invalid
from chalicelib.web.idempotency import DeliveryStore, Once, once_for
from chalicelib.web.problems import field_error

M = TypeVar("M", bound=BaseModel)


def read_body(model: type[M], given: Mapping[str, Any]) -> M:
    """What is None is left out. Raises Invalid."""
    return _read(model, given, lambda place: place[0])


def read_rows(model: type[M], given: Mapping[str, Any], rows: Sequence[int]) -> M:
    """Of a form with a row of fields for each of its people, such as `0.name`, and with the fields
    of its calendar. `rows` are those of the people that are given. Raises Invalid."""
    return _read(model, given, partial(_field_of_row, rows))


def _read(model: type[M], given: Mapping[str, Any], field_of: Callable[[list[str]], str]) -> M:
    try:
        return model.model_validate({name: one for name, one in given.items() if one is not None})
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        raise Invalid([_problem(one, field_of) for one in found]) from error


def _problem(found: Any, field_of: Callable[[list[str]], str]) -> FieldError:
    place = [str(part) for part in found["loc"]]
    error = field_error(field_of(place) if place else "", found)
    is_line = error.code == "string_too_long" and place[-1].isdecimal()
    return replace(error, code="line_too_long") if is_line else error


def _field_of_row(rows: Sequence[int], place: list[str]) -> str:
    match place:
        case ["people"]:
            return "0.id"
        case ["people", row, *name]:
            return f"{rows[int(row)]}.{name[0] if name else 'id'}"
        case ["calendar", "hours", day, *_]:
            return day
        case ["calendar", "hours"]:
            return "monday"
        case ["calendar", name]:
            return name
    return "tz" if place == ["calendar"] else place[0]


def of_the_whole(conflict: Conflict) -> Conflict:
    """For a form without a field that it could stand at."""
    return Conflict([FieldError("", error.code, error.detail) for error in conflict.errors])


def once_of(visit: Visit[Any], what: str, deliveries: DeliveryStore) -> Once | None:
    """A form that is sent twice, by a reload, makes one."""
    given = visit.form.text("once")
    return once_for(given, [what], visit.key.id, deliveries) if given else None
