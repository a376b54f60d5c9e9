"""Fields that arrive from outside, cleaned once. A help desk's hook imports no pydantic: fields.py
has the types."""

import re
from typing import Final

from email_validator import EmailNotValidError, validate_email

from chalicelib.plain import line
from chalicelib.text import UNSEEN

LONGEST_FACT = 200
# An id that the caller chooses.
CALLERS_ID: Final = r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$"
# JSON can spell half a character, which no UTF-8 can.
_HALVES = "\ud800-\udfff"
_UNSEEN = re.compile(rf"[{UNSEEN}{_HALVES}]+")
_HALF = re.compile(f"[{_HALVES}]")


def one_line(value: object) -> str:
    """A number or a text as one trimmed line, without characters that cannot be seen.
    Raises ValueError."""
    return _UNSEEN.sub(" ", _text_of(value)).strip()[:LONGEST_FACT].strip()


def shown_line(value: object) -> str:
    """A name or a subject: nobody compares it, so joiners stay that a word or an emoji is written
    with. Raises ValueError."""
    return line(_HALF.sub("", _text_of(value)))[:LONGEST_FACT].strip()


def _text_of(value: object) -> str:
    """Raises ValueError."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise ValueError("expected a text or a number")
    return str(value)


def visible_line(value: object) -> str:
    fact = one_line(value)
    if not fact:
        raise ValueError("nothing that can be seen")
    return fact


class NotAnAddress(ValueError):
    """The syntax is wrong."""


def address(value: object) -> str:
    """The address with its domain in ASCII. Raises NotAnAddress, and ValueError for what is no
    text or cannot be written to."""
    if not isinstance(value, str):
        raise ValueError("expected an e-mail address")
    try:
        checked = validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise NotAnAddress("not an e-mail address") from error
    if checked.ascii_email is None:
        raise ValueError("an address outside ASCII cannot be written to")
    return checked.ascii_email
