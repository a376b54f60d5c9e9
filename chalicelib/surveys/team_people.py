"""The people of all teams, to whom no theme may point: what is counted by a person is a score of
that person."""

from collections.abc import Sequence

from chalicelib import keys
from chalicelib.errors import Conflict, FieldError
from chalicelib.named_after import is_about_one, standing_for
from chalicelib.surveys.definition import Survey
from chalicelib.table import Query, Table, every

People = Sequence[tuple[str, str]]
DETAIL = (
    "It stands for one of a team's people: there is no score per employee. Name what it is about,"
    " and give keywords of that."
)

OF_A_VALUE = (
    "It stands for one of a team's people: there is no score per employee. Name a group of those"
    " who answer."
)


def people_of_teams(table: Table) -> People:
    """Names with addresses."""
    teams = every(table, Query(keys.TEAMS, "listed"))
    return [(person["name"], person["email"]) for team in teams for person in team["people"]]


def refuse_people(survey: Survey, people: People) -> None:
    """As a theme, or as a value of a segment. Raises Conflict."""
    errors = [
        FieldError(f"#/segment_values/{name}", "value_of_employee", OF_A_VALUE)
        for name, values in survey.segment_values.items()
        if standing_for(values, people)
    ]
    if _of_people(survey, people):
        errors.append(FieldError("#/themes", "theme_of_employee", DETAIL))
    if errors:
        raise Conflict(errors)


def without_themes_of_people(survey: Survey, people: People) -> Survey:
    """Whoever joined a team after the survey was made is counted by no theme either."""
    gone = _of_people(survey, people)
    kept = {name: words for name, words in survey.themes.items() if name not in gone}
    return survey.model_copy(update={"themes": kept}) if gone else survey


def _of_people(survey: Survey, people: People) -> list[str]:
    return [name for name, words in survey.themes.items() if is_about_one(name, words, people)]
