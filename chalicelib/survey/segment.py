"""Segments: by what a survey's answers may be split, and by what never. Pure.

No score per employee, for nobody, and no department beside another (DESIGN 2): whoever
served is no segment, and a department is one that can be looked at but not listed.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

# Of plurals the s is taken away first.
_SERVED = """
    advisor adviser agent analyst assigned assignee attendant caseworker clerk coach consultant
    csm csr dispatcher employee engineer fixer handler helper operator owner rep representative
    resolver responsible salesperson seller solver specialist staff supporter tech technician
    worker
"""
# What only says by what somebody or something is known.
_KNOWN_BY = "code id key name no nr num number ref uuid"
_PERSON = "email first full initial last login mail member person user username"
_DEPARTMENTS = "department dept division team unit"
_BY = re.compile(
    r"(answered|closed|done|fixed|handled|helped|resolved|served|solved|worked)_?by|assigned_?to"
    r"|who_(answered|closed|fixed|handled|helped|resolved|served|solved)"
)


def words_of(name: str) -> list[str]:
    """`AssigneeEmails` and `assignee-email` have the words assignee and email."""
    words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    return [word.removesuffix("s") for word in words]


def names_who_served(name: str) -> bool:
    """`it_agent`, `assignee_email`, `agentid`, `solvedBy`: a split by it would be a score per
    employee. `agent_group` and `employee_type` are not."""
    known_by = f"{_KNOWN_BY} {_PERSON}"
    return _ends_in(_SERVED, known_by, name) or bool(_BY.search("_".join(words_of(name))))


def names_a_department(name: str) -> bool:
    """`department`, `home_department`, `team_name`; `team_role` and `team_member` are not."""
    return _ends_in(_DEPARTMENTS, _KNOWN_BY, name)


def _ends_in(nouns: str, known_by: str, name: str) -> bool:
    words, endings = words_of(name), known_by.split()
    while len(words) > 1 and words[-1] in endings:
        words.pop()
    bare = {words[-1], *(words[-1].removesuffix(one) for one in endings)} if words else set()
    return not bare.isdisjoint(nouns.split())


def _no_employee(name: str) -> str:
    if names_who_served(name):
        raise ValueError("a score per employee is not kept; choose a segment of those who answer")
    return name


SegmentName = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$"), AfterValidator(_no_employee)
]
