"""Refuses requests that would misuse the numbers, and tells the reason."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NoReturn

from chalicelib.errors import BadRequest
from chalicelib.names_of_work import (
    may_name_a_place,
    names_a_department,
    names_who_served,
    words_of,
)

_RANKED_BY = "sort sorted order orderby rank ranked ranking top bottom best worst"
_RANKING = (
    "Scores are not sorted or ranked: a department is compared with its own past, and a list"
    " in the order of scores would be read as a ranking. Lists are in the order of their names"
    " or of time."
)
_NO_EMPLOYEE = (
    "There is no score per employee. What was said is there to learn from, never to pay by:"
    " read the responses instead."
)
_ONE_DEPARTMENT = (
    "One department at a time: it is compared with its own past, never with another."
    " GET /v1/benchmarks shows each survey beside its own baseline."
)
_ONE_SEGMENT = "One segment at a time: `by` shows all values of a segment, with their counts."


def refuse_misuse(query: Mapping[str, Sequence[str]], own: Collection[str] = ()) -> None:
    """`query` is the parameters of any request, `own` what the view itself takes. Raises
    BadRequest."""
    for name, values in query.items():
        if set(_RANKED_BY.split()) & set(words_of(name)):
            raise BadRequest("ranking_refused", _RANKING)
        serves = names_who_served(name) and name not in own
        if serves or _splits_by(names_who_served, name, values):
            raise BadRequest("employee_score_refused", _NO_EMPLOYEE)
        if _compares_departments(name, values):
            raise BadRequest("comparison_refused", _ONE_DEPARTMENT)
        if name == "segment" and len(values) > 1:
            raise BadRequest("comparison_refused", _ONE_SEGMENT)


def refuse_several_values(segment: str, known: Callable[[str], Collection[str]]) -> None:
    """Refuses `role=manager,team member`. `known` gives the values of a segment, since a value
    may hold a comma itself. Raises BadRequest."""
    name, _, value = segment.partition("=")
    if set(",;|") & set(value) and value not in known(name):
        raise BadRequest("comparison_refused", _ONE_SEGMENT)


def refuse_teams_at_once() -> NoReturn:
    """Raises BadRequest."""
    raise BadRequest("comparison_refused", _ONE_DEPARTMENT)


def _splits_by(is_such: Callable[[str], bool], name: str, values: Sequence[str]) -> bool:
    """`by=agent`, `segment=agent=Tomas`."""
    segments = [value.partition("=")[0] for value in values]
    return name in ("by", "segment") and any(map(is_such, segments))


def _names_only_a_department(name: str) -> bool:
    # Of which of the two it is, the survey tells.
    return names_a_department(name) and not may_name_a_place(name)


def _compares_departments(name: str, values: Sequence[str]) -> bool:
    several = len(values) > 1 or any(set(",;|") & set(value) for value in values)
    if name == "by":
        return _splits_by(_names_only_a_department, name, values)
    # Each department has its survey.
    named = names_a_department(name) or name.lower() in ("survey", "surveys")
    return several and (named or _splits_by(names_a_department, name, values))
