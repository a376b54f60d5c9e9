"""Segments: by what a survey's answers may be split, and by what never. Pure.

No score per employee, for nobody, and no department beside another (DESIGN 2): whoever
served is no segment, and a department is one that can be looked at but not listed.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

# Of plurals the s is taken away first.
_SERVED = """
    advisor adviser agent analyst assigned assignee attendant clerk coach consultant csm
    dispatcher employee engineer handler operator owner rep representative resolver
    salesperson seller solver tech technician worker
"""
_SAYING_WHICH = "email id key login mail name number user username"
_DEPARTMENTS = "busines_unit department dept division org_unit team unit"
_BY = re.compile(
    r"(answered|closed|done|handled|helped|resolved|served|solved|worked)_?by|assigned_?to"
)


def words_of(name: str) -> list[str]:
    """`AssigneeEmails` and `assignee-email` have the words assignee and email."""
    words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    return [word.removesuffix("s") for word in words]


def names_who_served(name: str) -> bool:
    """`it_agent`, `assignee_email`, `solvedBy`: a split by it would be a score per employee.
    `agent_group` and `employee_type` are not."""
    words = words_of(name)
    while len(words) > 1 and words[-1] in _SAYING_WHICH.split():
        words.pop()
    return bool(words) and (words[-1] in _SERVED.split() or bool(_BY.search("_".join(words))))


def names_a_department(name: str) -> bool:
    return "_".join(words_of(name)) in _DEPARTMENTS.split()


def _no_employee(name: str) -> str:
    if names_who_served(name):
        raise ValueError("a score per employee is not kept; choose a segment of those who answer")
    return name


SegmentName = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$"), AfterValidator(_no_employee)
]
