"""Refuses requests that would misuse the numbers, and tells the reason."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from chalicelib.errors import BadRequest

# Words for the people who serve. The s of a plural is removed before a look-up.
_SERVED = """
    advisor adviser agent analyst assigned assignee attendant caseworker clerk coach consultant
    csm csr dispatcher employee engineer fixer handler helper operator owner rep representative
    resolver responsible salesperson seller solver specialist staff supporter tech technician
    worker
"""
# Endings that only say how somebody or something is identified.
_KNOWN_BY = "code id key name no nr num number ref uuid"
_PERSON = "email first full initial last login mail member person user username"
_DEPARTMENTS = "department dept division team unit"
_BY = re.compile(
    r"(answered|closed|done|fixed|handled|helped|resolved|served|solved|worked)_?by|assigned_?to"
    r"|who_(answered|closed|fixed|handled|helped|resolved|served|solved)"
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


def refuse_misuse(query: Mapping[str, Sequence[str]]) -> None:
    """`query` is the parameters of any request. Raises BadRequest."""
    for name, values in query.items():
        if set(_RANKED_BY.split()) & set(words_of(name)):
            raise BadRequest("ranking_refused", _RANKING)
        if names_who_served(name) or _splits_by(names_who_served, name, values):
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


def _splits_by(is_such: Callable[[str], bool], name: str, values: Sequence[str]) -> bool:
    """`by=agent`, `segment=agent=Tomas`."""
    segments = [value.partition("=")[0] for value in values]
    return name in ("by", "segment") and any(map(is_such, segments))


def _compares_departments(name: str, values: Sequence[str]) -> bool:
    several = len(values) > 1 or any(set(",;|") & set(value) for value in values)
    if name == "by":
        return _splits_by(names_a_department, name, values)
    # Each department has its survey.
    named = names_a_department(name) or name.lower() in ("survey", "surveys")
    return several and (named or _splits_by(names_a_department, name, values))


def words_of(name: str) -> list[str]:
    """`AssigneeEmails` and `assignee-email` both have the words assignee and email."""
    words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    return [word.removesuffix("s") for word in words]


def names_who_served(name: str) -> bool:
    """True for `it_agent`, `assignee_email`, `agentid` and `solvedBy`: a split by them would be a
    score per employee. False for `agent_group` and `employee_type`."""
    known_by = f"{_KNOWN_BY} {_PERSON}"
    return _ends_in(_SERVED, known_by, name) or bool(_BY.search("_".join(words_of(name))))


def names_a_department(name: str) -> bool:
    """True for `department`, `home_department` and `team_name`. False for `team_role` and
    `team_member`."""
    return _ends_in(_DEPARTMENTS, _KNOWN_BY, name)


def _ends_in(nouns: str, known_by: str, name: str) -> bool:
    words, endings = words_of(name), known_by.split()
    while len(words) > 1 and words[-1] in endings:
        words.pop()
    if not words:
        return False
    bare = {words[-1], *(words[-1].removesuffix(ending) for ending in endings)}
    return not bare.isdisjoint(nouns.split())
