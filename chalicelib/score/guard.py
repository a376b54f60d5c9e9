"""What no number here is for. A request that tries is refused with the reason."""

from collections.abc import Callable, Collection, Mapping, Sequence

from chalicelib.errors import BadRequest
from chalicelib.survey.segment import names_a_department, names_who_served, words_of

_RANKS = "sort sorted order orderby rank ranked ranking top bottom best worst"
_RANKING = (
    "Scores are not sorted or ranked: a department is compared with its own past, and a list"
    " in the order of scores would be read as a ranking. Lists are in the order of their names"
    " or of time."
)
_EMPLOYEES = (
    "There is no score per employee. What was said is there to learn from, never to pay by:"
    " read the responses instead."
)
_DEPARTMENTS = (
    "One department at a time: it is compared with its own past, never with another."
    " GET /v1/benchmarks shows each survey beside its own baseline."
)
_SEGMENTS = "One segment at a time: `by` shows all values of a segment, with their counts."


def refuse_misuse(query: Mapping[str, Sequence[str]]) -> None:
    """Of the parameters of any request. Raises BadRequest."""
    for name, values in query.items():
        if set(_RANKS.split()) & set(words_of(name)):
            raise BadRequest("ranking_refused", _RANKING)
        if names_who_served(name) or _names_one(names_who_served, name, values):
            raise BadRequest("employee_score_refused", _EMPLOYEES)
        if _compares_departments(name, values):
            raise BadRequest("comparison_refused", _DEPARTMENTS)
        if name == "segment" and len(values) > 1:
            raise BadRequest("comparison_refused", _SEGMENTS)


def refuse_several_values(segment: str, known: Callable[[str], Collection[str]]) -> None:
    """`role=manager,team member`. `known` gives the values that a segment has, some of which
    may have a comma of their own. Raises BadRequest."""
    name, _, value = segment.partition("=")
    if set(",;|") & set(value) and value not in known(name):
        raise BadRequest("comparison_refused", _SEGMENTS)


def _names_one(is_one: Callable[[str], bool], name: str, values: Sequence[str]) -> bool:
    """`by=agent`, `segment=agent=Tomas`."""
    return name in ("by", "segment") and any(is_one(one.partition("=")[0]) for one in values)


def _compares_departments(name: str, values: Sequence[str]) -> bool:
    several = len(values) > 1 or any(set(",;|") & set(value) for value in values)
    if name == "by":
        return _names_one(names_a_department, name, values)
    # Each department has its survey.
    named = names_a_department(name) or name.lower() in ("survey", "surveys")
    return several and (named or _names_one(names_a_department, name, values))
