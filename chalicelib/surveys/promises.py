"""What a survey promises to those who answer."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator

from chalicelib.surveys.wording import N_


def _no_number(given: Any) -> Any:
    """pydantic would take a number for seconds since 1970."""
    if isinstance(given, int | float):
        raise ValueError("a day as YYYY-MM-DD")
    return given


LastDay = Annotated[date, BeforeValidator(_no_number)]
Identity = Literal["named", "confidential", "anonymous"]

PROMISES: Final = {
    "named": N_("%(team)s sees your name with your answer."),
    "confidential": N_(
        "Confidential: your name is stored with your answer and shown to nobody. Results are"
        " shown for groups only."
    ),
    "anonymous": N_(
        "Anonymous: your name is not stored with your answer. Results are shown for groups only."
    ),
}
