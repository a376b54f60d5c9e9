"""Refuses requests that would misuse the numbers, and tells the reason."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from typing import NoReturn

from chalicelib.errors import BadRequest
from chalicelib.words_of_work import GROUPS, PARTS, SERVED, words_in

# The s of a plural is removed before a look-up.
_SERVED = frozenset(word.removesuffix("s") for word in words_in(SERVED))
_PARTS = frozenset(word.removesuffix("s") for word in words_in(PARTS))
# Two words that only together tell of whoever serves.
_MANAGES = {"account", "case", "client", "customer", "relationship", "succes"}
# Endings that only say how somebody or something is identified.
_KNOWN_BY = "code id key name no nr num number nummer ref uuid"
_PERSON = "email first full initial last login mail member nom nombre nome person user username"
_BY = re.compile(
    r"(answered|closed|done|fixed|handled|helped|resolved|served|solved|worked)_?by|assigned_?to"
    r"|who_(answered|closed|fixed|handled|helped|resolved|served|solved)"
)
LONG = 8  # letters
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
    words = words_of(name)
    manages = any(pair[0] in _MANAGES and pair[1] == "manager" for pair in pairwise(words))
    return _ends_in(_SERVED, known_by, name) or manages or bool(_BY.search("_".join(words)))


def names_a_department(name: str) -> bool:
    """True for `department`, `home_department`, `team_name`, `Abteilung` and `group`, which is
    a help desk's word for a team. False for `team_role`, `team_member` and `age_group`."""
    bare = "".join(words_of(name)).removesuffix("name").removesuffix("id")
    return bare in GROUPS.split() or _ends_in(_PARTS, _KNOWN_BY, name)


def _ends_in(nouns: frozenset[str], known_by: str, name: str) -> bool:
    words, endings = words_of(name), known_by.split()
    while len(words) > 1 and words[-1] in endings:
        words.pop()
    if not words:
        return False
    bare = {words[-1], *(words[-1].removesuffix(ending) for ending in endings), "".join(words)}
    return not bare.isdisjoint(nouns) or any(map(_is_compound(nouns), bare))


def _is_compound(nouns: frozenset[str]) -> Callable[[str], bool]:
    """`supportmitarbeiter`, `fachabteilung`: a long word at the end of a longer one."""
    long = tuple(noun for noun in nouns if len(noun) >= LONG)
    return lambda word: word.endswith(long)
