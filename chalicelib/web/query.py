"""Query parameters as models. Each comes at most once. An unknown one is refused: it may be
misspelt, and without it the answer would be to another question."""

import re
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from chalicelib.errors import FieldError, Invalid

Q = TypeVar("Q", bound="Query")


def whole(text: object) -> object:
    """Only digits: pydantic reads `5.0` and `1_0` as numbers too."""
    if isinstance(text, str) and not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise ValueError("use a whole number")
    return text


Whole = Annotated[int, BeforeValidator(whole)]


class Query(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def read_query(model: type[Q], given: dict[str, list[str]]) -> Q:
    """Raises Invalid, pointing at each parameter by its name."""
    twice = [name for name, values in given.items() if len(values) > 1]
    if twice:
        raise Invalid([FieldError(name, "given_twice", "Give it once.") for name in twice])
    try:
        return model.model_validate({name: values[0] for name, values in given.items()})
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise Invalid([_field_error(field) for field in found]) from error


def _field_error(field: object) -> FieldError:
    assert isinstance(field, dict)  # noqa: S101
    name = str(field["loc"][0]) if field["loc"] else "query"
    if field["type"] == "extra_forbidden":
        return FieldError(name, "parameter_unknown", "There is no such parameter.")
    return FieldError(name, field["type"], field["msg"])
