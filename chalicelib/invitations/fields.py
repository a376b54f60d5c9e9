"""Fields that arrive from outside, as types that clean them."""

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from chalicelib.invitations.cleaned import (
    CALLERS_ID,
    NotAnAddress,
    address,
    one_line,
    shown_line,
    visible_line,
)
from chalicelib.text import VISIBLE


def _address(value: object) -> str:
    """With the code that a client knows it by."""
    try:
        return address(value)
    except NotAnAddress as error:
        raise PydanticCustomError("not_an_address", "not an e-mail address") from error


CallersId = Annotated[str, StringConstraints(pattern=CALLERS_ID)]
_TEXT_OR_NUMBER = {"type": ["string", "integer"]}
Fact = Annotated[str, BeforeValidator(one_line), WithJsonSchema(_TEXT_OR_NUMBER)]
ShownFact = Annotated[str, BeforeValidator(shown_line), WithJsonSchema(_TEXT_OR_NUMBER)]
NamedFact = Annotated[
    str,
    BeforeValidator(visible_line),
    WithJsonSchema({**_TEXT_OR_NUMBER, "pattern": VISIBLE}),
]
Address = Annotated[
    str, BeforeValidator(_address), WithJsonSchema({"type": "string", "format": "email"})
]
