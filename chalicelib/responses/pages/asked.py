"""What a form says to the questions of a survey. What is not one of them has no effect."""

from collections.abc import Mapping, Sequence

from chalicelib.errors import BadRequest
from chalicelib.strict_json import read_strict_json
from chalicelib.surveys.question import Answers, Given, Question

# In the names of fields: `q.<question>`, and for one of several options `q.<question>.<option>`.
FIELD = "q."
TICKED = "yes"


def read_answers(
    fields: Mapping[str, str], questions: Sequence[Question], earlier: Answers
) -> dict[str, Given]:
    """An empty answer takes an earlier one away. Words that were left empty do not: the page of
    a link does not show what was written before."""
    found = {question.id: _given(fields, question, earlier) for question in questions}
    return {name: given for name, given in found.items() if given is not None}


def read_earlier(text: str, questions: Sequence[Question]) -> dict[str, Given]:
    """What the page says that its visit answered before."""
    try:
        said = read_strict_json(text) if text else {}
    except (ValueError, RecursionError, BadRequest):
        return {}
    if not isinstance(said, dict):
        return {}
    found = {question.id: _checked(said.get(question.id), question) for question in questions}
    return {name: given for name, given in found.items() if given}


def _given(fields: Mapping[str, str], question: Question, earlier: Answers) -> Given | None:
    name = f"{FIELD}{question.id}"
    if question.kind == "words":
        return fields.get(name) or None
    if question.kind == "choice":
        return question.known([fields[name]]) if _is_chosen(fields.get(name), question) else None
    ticked = [one.id for one in question.options if fields.get(f"{name}.{one.id}") == TICKED]
    return tuple(ticked) if ticked or question.id in earlier else None


def _is_chosen(value: str | None, question: Question) -> bool:
    """Empty: that there is no answer was chosen."""
    return value == "" or value in [option.id for option in question.options]


def _checked(said: object, question: Question) -> Given:
    if question.kind == "words":
        return said if isinstance(said, str) else ()
    return question.known([str(one) for one in said]) if isinstance(said, list) else ()
