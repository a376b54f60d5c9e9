"""The people of all teams, and all members: no theme, segment or question may stand for one of
them. What is counted by a person is a score of that person."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from chalicelib import keys
from chalicelib.errors import Conflict, FieldError
from chalicelib.named_after import is_about_one, standing_for
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import Question
from chalicelib.table import Query, Table, every

People = Sequence[tuple[str, str]]
DETAIL = (
    "It stands for a member, or one of a team's people: there is no score per employee. Name"
    " what it is about, and give keywords of that."
)

OF_A_VALUE = (
    "It stands for a member, or one of a team's people: there is no score per employee. Name"
    " a group of those who answer."
)

OF_A_QUESTION = (
    "It, or an option, stands for a member, or one of a team's people: there is no score per"
    " employee. Ask about what was done."
)


def colleagues_in(table: Table) -> People:
    """Names with addresses. Whoever serves and is neither is known for as long as their tickets
    are: docs/numbers.md, What still gets through."""
    teams = every(table, Query(keys.TEAMS, "listed"))
    members = every(table, Query(keys.MEMBERS, "listed"))
    people = [*members, *(person for team in teams for person in team["people"])]
    return [(person["name"], person["email"]) for person in people]


def refuse_people(survey: Survey, people: People, promised: Survey | None = None) -> None:
    """As whatever answers are counted by. `promised` is the survey under which people were asked.
    What cannot be taken out of it any more is taken, whoever joined since. Raises Conflict."""
    fixed = promised if promised and promised.is_sealed else None
    errors = [*_of_segments(survey, people, fixed), *_of_questions(survey, people, promised)]
    if _of_people(survey, people):
        errors.append(FieldError("#/themes", "theme_of_employee", DETAIL))
    if errors:
        raise Conflict(errors)


def without_themes_of_people(survey: Survey, people: People) -> Survey:
    """Whoever joined after the survey was made is counted by no theme either."""
    gone = _of_people(survey, people)
    kept = {name: words for name, words in survey.themes.items() if name not in gone}
    return replace(survey, themes=kept) if gone else survey


def _of_people(survey: Survey, people: People) -> list[str]:
    return [name for name, words in survey.themes.items() if is_about_one(name, words, people)]


def _of_segments(survey: Survey, people: People, fixed: Survey | None) -> Iterator[FieldError]:
    old = fixed.segment_values if fixed else {}
    named = standing_for(survey.segments, people).difference(fixed.segments if fixed else ())
    for place, name in enumerate(survey.segments):
        if name in named:
            yield FieldError(f"#/segments/{place}", "segment_of_employee", OF_A_VALUE)
    for name, values in survey.segment_values.items():
        if standing_for(set(values).difference(old.get(name, ())), people):
            yield FieldError(f"#/segment_values/{name}", "value_of_employee", OF_A_VALUE)


def _of_questions(survey: Survey, people: People, asked: Survey | None) -> Iterator[FieldError]:
    old = {question.id: _said_in(question) for question in (asked.questions if asked else ())}
    for place, question in enumerate(survey.questions):
        if standing_for(_said_in(question) - old.get(question.id, set()), people):
            yield FieldError(f"#/questions/{place}", "question_of_employee", OF_A_QUESTION)


def _said_in(question: Question) -> set[str]:
    texts = [question.text, *(option.text for option in question.options)]
    ids = [question.id, *(option.id for option in question.options)]
    return {*ids, *(text for said in texts for text in said.values())}
