"""What was answered to a survey's questions beside its score. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from typing_extensions import TypedDict

from chalicelib.disclosure.options import ANSWERED, Shown
from chalicelib.surveys.question import Question
from chalicelib.tally.tally import answered_field
from chalicelib.web.schemas import Doc


class OptionCount(TypedDict):
    option: str
    count: Annotated[
        int | None, Doc("Answers that chose it; null where a sealed survey does not tell.")
    ]
    share: Annotated[
        float | None,
        Doc("Of those who answered the question; of several options they add up to more than 1."),
    ]


class QuestionCounts(TypedDict):
    """One of the survey's questions. Words are counted only. Of a sealed survey the counts are of
    its whole life, and only those that tell of no smaller group."""

    question: str
    kind: Literal["choice", "choices", "words"]
    answered: Annotated[
        int | None, Doc("How many answered it; null where a sealed survey does not tell.")
    ]
    release: Annotated[
        int | None, Doc("Of a sealed survey, the release after which these numbers were shown.")
    ]
    options: list[OptionCount]


def question_counts(
    questions: Sequence[Question], counts: Mapping[str, int]
) -> Iterator[QuestionCounts]:
    """In the survey's order, the options too."""
    for question in questions:
        chosen = {
            option.id: counts.get(answered_field(question.id, option.id), 0)
            for option in question.options
        }
        yield _counts(question, counts.get(answered_field(question.id), 0), chosen)


def sealed_question_counts(
    questions: Sequence[Question], shown: Mapping[str, Shown]
) -> Iterator[QuestionCounts]:
    for question in questions:
        known = shown.get(question.id, Shown())
        told = _counts(question, known.counts.get(ANSWERED), known.counts)
        yield {**told, "release": known.last_block or None}


def _counts(question: Question, answered: int | None, chosen: Mapping[str, int]) -> QuestionCounts:
    return {
        "question": question.id,
        "kind": question.kind,
        "answered": answered,
        "release": None,
        "options": [
            _count(option.id, chosen.get(option.id), answered) for option in question.options
        ],
    }


def _count(option: str, count: int | None, answered: int | None) -> OptionCount:
    share = count / answered if answered and count is not None else None
    return {"option": option, "count": count, "share": share}
