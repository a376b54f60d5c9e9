"""What the segments of a survey are of. Pure.

docs/architecture.md, rules 2 and 4: answers are never split by the person who served. A
department or a team may be a segment: it can be looked at by itself, but they are not listed.
"""

from typing import Literal

from chalicelib.names_of_work import may_name_a_place, names_a_department

# What a segment is of. A team has only its own past.
SegmentOf = Literal["role", "location", "product", "plan", "channel", "team", "other"]


def is_of_team(name: str, of: SegmentOf) -> bool:
    """Also where the name alone tells it, unless it names a part of a country and says so."""
    is_place = of == "location" and may_name_a_place(name)
    return of == "team" or (names_a_department(name) and not is_place)
