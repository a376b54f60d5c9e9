"""Heed's own words, which are messages of the catalogues. A survey's own words are not."""

from typing import Literal

from msgspec import Struct


class Message(str):
    """Shown in the reader's language; any other text is the customer's and stays as it is.
    `%(team)s` stands for the survey's team."""

    __slots__ = ()


def N_(message: str) -> Message:  # noqa: N802 - gettext's name for it, which extraction looks for
    """Marks a message for the catalogues; the page translates it."""
    return Message(message)


Standard = Literal["recommend", "exceeded_expectations", "made_easier"]


class Question(Struct, frozen=True):
    """`low` and `high` are the words at the two ends of the scale."""

    question: Message
    low: Message
    high: Message


_LIKELY = (N_("not likely at all"), N_("extremely likely"))
_MUCH = (N_("not at all"), N_("very much"))
_RECOMMEND_INSIDE = Question(
    N_("How likely are you to recommend %(team)s to a colleague?"), *_LIKELY
)
_STANDARD: dict[Standard, Question] = {
    "recommend": Question(
        N_("How likely are you to recommend %(team)s to a friend or colleague?"), *_LIKELY
    ),
    "exceeded_expectations": Question(
        N_("To what extent did %(team)s exceed your expectations?"), *_MUCH
    ),
    "made_easier": Question(
        N_("To what extent did %(team)s make it easier for you to do your job?"), *_MUCH
    ),
}


def standard_question(standard: Standard, audience: Literal["internal", "external"]) -> Question:
    # Within a company nobody recommends the help desk to friends.
    if standard == "recommend" and audience == "internal":
        return _RECOMMEND_INSIDE
    return _STANDARD[standard]
