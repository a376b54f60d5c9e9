"""Fields that arrive from outside, cleaned once."""

import re
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from chalicelib.text import UNSEEN, VISIBLE

LONGEST_FACT = 200
# JSON can spell half a character, which no UTF-8 can.
_UNSEEN = re.compile(rf"[{UNSEEN}\ud800-\udfff]+")


def one_line(value: object) -> str:
    """A number or a text as one trimmed line, without characters that cannot be seen.
    Raises ValueError."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise ValueError("expected a text or a number")
    return _UNSEEN.sub(" ", str(value)).strip()[:LONGEST_FACT].strip()


def visible_line(value: object) -> str:
    fact = one_line(value)
    if not fact:
        raise ValueError("nothing that can be seen")
    return fact


def address(value: object) -> str:
    """The address with its domain in ASCII. Raises ValueError when the syntax is wrong."""
    if not isinstance(value, str):
        raise ValueError("expected an e-mail address")
    try:
        checked = validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError("not an e-mail address") from error
    if checked.ascii_email is None:
        raise ValueError("an address outside ASCII cannot be written to")
    return checked.ascii_email


# An id that the caller chooses.
CALLERS_ID = r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$"
CallersId = Annotated[str, StringConstraints(pattern=CALLERS_ID)]
_TEXT_OR_NUMBER = {"type": ["string", "integer"]}
Fact = Annotated[str, BeforeValidator(one_line), WithJsonSchema(_TEXT_OR_NUMBER)]
NamedFact = Annotated[
    str,
    BeforeValidator(visible_line),
    WithJsonSchema({**_TEXT_OR_NUMBER, "pattern": VISIBLE}),
]
Address = Annotated[
    str, BeforeValidator(address), WithJsonSchema({"type": "string", "format": "email"})
]
