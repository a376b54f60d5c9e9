"""A cause of trouble: a few words of the team's own."""

from collections.abc import Sequence
from typing import Annotated
from unicodedata import normalize

from pydantic import AfterValidator, StringConstraints


def _tidy(cause: str) -> str:
    return normalize("NFC", " ".join(cause.split()))


# One line with something on it.
LINE = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
Cause = Annotated[
    str,
    StringConstraints(min_length=1, max_length=60, pattern=LINE),
    AfterValidator(_tidy),
]


def folded(cause: str) -> str:
    """Two spellings of one cause have the same."""
    return normalize("NFC", cause.casefold())


def listed_as(cause: str, causes: Sequence[str]) -> str | None:
    """The list's own spelling of this cause."""
    return next((one for one in causes if folded(one) == folded(cause)), None)
