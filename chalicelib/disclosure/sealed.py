"""What may be shown of the answers of a sealed survey, that is of one that is confidential or
anonymous. Pure.

Its answers are published in blocks of at least k, so every range of days has none or at least k.
"""

from collections.abc import Collection
from typing import Final, Literal

from chalicelib.disclosure.differences import is_uniform
from chalicelib.errors import Conflict, FieldError

Hidden = Literal["fewer_than_k", "too_uniform"]
WORDS_FROM: Final = 10
# From this on words are shown with their score.
SCORED_WORDS_FROM: Final = 20


def why_hidden(answers: int, bands: Collection[str], k: int) -> Hidden | None:
    """`bands` are those that somebody chose."""
    if answers < k:
        return "fewer_than_k"
    return "too_uniform" if is_uniform(answers, bands) else None


def refuse_part(name: str) -> None:
    """Raises Conflict."""
    detail = (
        "This survey promised its people that nobody learns who said what. So it is shown as a"
        " whole: by days of everybody, or with `by` over its whole life. A part of a part would"
        " tell of few."
    )
    refuse_sealed(name, detail)


def refuse_sealed(name: str, detail: str) -> None:
    """Raises Conflict."""
    raise Conflict([FieldError(name, "sealed_survey", detail)])
