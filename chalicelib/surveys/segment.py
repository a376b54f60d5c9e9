"""The names that a segment of a survey may have. Pure.

docs/architecture.md, rules 2 and 4: answers are never split by the person who served. A
department or a team may be a segment: it can be looked at by itself, but they are not listed.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from chalicelib.names_of_work import may_name_a_place, names_a_department, names_who_served


def _no_employee(name: str) -> str:
    if names_who_served(name):
        raise ValueError("a score per employee is not kept; choose a segment of those who answer")
    return name


# What a segment is of. A team has only its own past.
SegmentOf = Literal["role", "location", "product", "plan", "channel", "team", "other"]


def is_of_team(name: str, of: SegmentOf) -> bool:
    """Also where the name alone tells it, unless it names a part of a country and says so."""
    is_place = of == "location" and may_name_a_place(name)
    return of == "team" or (names_a_department(name) and not is_place)


SegmentName = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$"), AfterValidator(_no_employee)
]
