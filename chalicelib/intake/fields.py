"""Fields that arrive from outside, cleaned once."""

from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import BeforeValidator

LONGEST_FACT = 200


def one_line(value: object) -> str:
    """A number or a text as one trimmed line without control characters."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise ValueError("expected a text or a number")
    printable = "".join(part if part.isprintable() else " " for part in str(value))
    return " ".join(printable.split())[:LONGEST_FACT]


def address(value: object) -> str:
    """The address as it is written to: syntax checked, domain in its ASCII form."""
    if not isinstance(value, str):
        raise ValueError("expected an e-mail address")
    try:
        checked = validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError("not an e-mail address") from error
    if checked.ascii_email is None:
        raise ValueError("an address outside ASCII cannot be written to")
    return checked.ascii_email


Fact = Annotated[str, BeforeValidator(one_line)]
Address = Annotated[str, BeforeValidator(address)]
