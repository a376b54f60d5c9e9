"""Reads a form as the body that the API takes. What is wrong is said of the field as a whole, since
a form has one field for a list."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from chalicelib.dashboard.visit import Visit
from chalicelib.errors import Conflict, FieldError, Invalid
from chalicelib.web.idempotency import DeliveryStore, Once, once_for

M = TypeVar("M", bound=BaseModel)


def read_body(model: type[M], given: Mapping[str, Any]) -> M:
    """What is None is left out. Raises Invalid."""
    try:
        return model.model_validate({name: one for name, one in given.items() if one is not None})
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
        raise Invalid(
            [
                FieldError(str(one["loc"][0]) if one["loc"] else "", one["type"], one["msg"])
                for one in found
            ]
        ) from error


def of_the_whole(conflict: Conflict) -> Conflict:
    """For a form without a field that it could stand at."""
    return Conflict([FieldError("", error.code, error.detail) for error in conflict.errors])


def once_of(visit: Visit[Any], what: str, deliveries: DeliveryStore) -> Once | None:
    """A form that is sent twice, by a reload, makes one."""
    given = visit.form.text("once")
    return once_for(given, [what], visit.key.id, deliveries) if given else None
