"""What was answered to a survey's questions beside its score. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from chalicelib.disclosure.options import ANSWERED, Shown
from chalicelib.scores.schemas import OptionCount, QuestionCounts
from chalicelib.surveys.question import Question
from chalicelib.tally.tally import answered_field


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
