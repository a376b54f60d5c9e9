"""A cause of trouble, in a few words that the team chooses."""

from collections.abc import Sequence
from unicodedata import normalize


def tidy(cause: str) -> str:
    return normalize("NFC", " ".join(cause.split()))


def folded(cause: str) -> str:
    """Spellings that differ only in case give the same text."""
    return normalize("NFC", cause.casefold())


def listed_as(cause: str, causes: Sequence[str]) -> str | None:
    """The spelling that `causes` has for this cause; None when it is not listed."""
    return next((listed for listed in causes if folded(listed) == folded(cause)), None)
