"""Answers of a sealed survey, as its list shows them. Pure."""

from msgspec.structs import replace

from chalicelib.disclosure.sealed import SCORED_WORDS_FROM
from chalicelib.responses.response import Response
from chalicelib.surveys.question import words_of


def as_listed(result: Response, answers: int) -> Response:
    """Words without their score while there are few `answers`, and nothing of a person ever. What
    was chosen of options is only counted: beside words it would tell whose they are."""
    if result.is_named_ballot:
        return result
    return replace(
        result,
        score=result.score if answers >= SCORED_WORDS_FROM else None,
        person=None,
        ticket=None,
        segments=(),
        answers=words_of(result.answers),
        history=(),
        contact=False,
        changed_elsewhere=False,
    )
