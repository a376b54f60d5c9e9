"""Query parameters as models: each at most once, and none that is not known. A parameter
that is misspelt must not be lost, since the answer would look like one to the question."""

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
        raise Invalid([_field_error(one) for one in error.errors(include_url=False)]) from error


def _field_error(found: object) -> FieldError:
    assert isinstance(found, dict)  # noqa: S101
    name = str(found["loc"][0]) if found["loc"] else "query"
    if found["type"] == "extra_forbidden":
        return FieldError(name, "parameter_unknown", "There is no such parameter.")
    return FieldError(name, found["type"], found["msg"])
