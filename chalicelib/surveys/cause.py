"""A cause of trouble: a few words of the team's own."""

from collections.abc import Sequence
from typing import Annotated
from unicodedata import normalize

from pydantic import AfterValidator, StringConstraints

from chalicelib.text import LINE


def _tidy(cause: str) -> str:
    return normalize("NFC", " ".join(cause.split()))


Cause = Annotated[
    str,
    StringConstraints(max_length=60, pattern=LINE),
    AfterValidator(_tidy),
]


def folded(cause: str) -> str:
    """Two spellings of one cause have the same."""
    return normalize("NFC", cause.casefold())


def listed_as(cause: str, causes: Sequence[str]) -> str | None:
    """The list's own spelling of this cause."""
    return next((one for one in causes if folded(one) == folded(cause)), None)
