"""Counts per survey, segment and day, rolled up by month. A change of the counts is data
here. Code that changes a response or sends an invitation writes it in the same transaction,
with the counts of the month.

Fields: c0..c10 answers by score, n answers, nc answers with a comment, praise those of them
in the best band (all on the day of the first answer); asked, answered, answered_in_7d (within
seven days of asking), and of those without a counted answer refused and bounced, on the day
the invitation was sent, so that a response rate compares the same invitations; and under ALL
<state>|<why>|<posture>, what the judge did, on that day too. Beside c0..c10 a|<question> answers
to it, and a|<question>|<option> those that chose it; of a sealed survey named and v0..v10 those
of people who are known. Under LOOP: opened on the day a task was opened; closed, fixed and
cause|<cause> on the day it was closed. Under COURSE, on the day a task was opened: touched, closed,
each with <what>_in_time and by whole hours <what>|hours|<hours> and <what>|worked|<hours>; overdue,
untouched when it was, improved, helped and not_helped. On the day it was closed: fixed|<cause>.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from chalicelib import tally_keys
from chalicelib.table import Item, Update

ALL: Final = "all"
# What became of the tasks. No segment has a tilde.
LOOP: Final = "~loop"
CAUSE: Final = "cause|"
# How they went. It is apart, so that a reader of wins does not read all hours.
COURSE: Final = "~course"
FIXED: Final = "fixed|"
ANSWERED: Final = "a|"
# Of a sealed survey, answers of people who gave up to be anonymous.
NAMED: Final = "named"

Counts = Mapping[str, int]
Cell = tuple[str, str]  # segment, day


def answered_field(question: str, option: str | None = None) -> str:
    """The ids are short and have no bar (surveys/question.py)."""
    return f"{ANSWERED}{question}" if option is None else f"{ANSWERED}{question}|{option}"


def named_field(score: int) -> str:
    return f"v{score}"


def difference(before: Counts, after: Counts) -> dict[str, int]:
    """6 -> 9 gives {c6: -1, c9: +1}; fields that stay are left out."""
    fields = before.keys() | after.keys()
    changes = {field: after.get(field, 0) - before.get(field, 0) for field in sorted(fields)}
    return {field: change for field, change in changes.items() if change}


def counts_in(item: Item) -> dict[str, int]:
    """Every whole number of a stored cell is a count but its version."""
    return {name: of for name, of in item.items() if type(of) is int and name != "version"}


def add_counts(sums: dict[str, int], counts: Counts) -> None:
    for field, count in counts.items():
        sums[field] = sums.get(field, 0) + count


def merged(*parts: Mapping[Cell, Counts]) -> dict[Cell, dict[str, int]]:
    """One entry per cell: a transaction may not touch one item twice."""
    whole: dict[Cell, dict[str, int]] = {}
    for part in parts:
        for cell, counts in part.items():
            add_counts(whole.setdefault(cell, {}), counts)
    kept = {
        cell: {field: count for field, count in counts.items() if count}
        for cell, counts in whole.items()
    }
    return {cell: counts for cell, counts in kept.items() if counts}


def tally_writes(survey_id: str, changes: Mapping[Cell, Counts], shard: int) -> list[Update]:
    """Each cell's day and its month."""
    days = [
        Update(tally_keys.tally(survey_id, segment, day, shard), add={**counts, "version": 1})
        for (segment, day), counts in changes.items()
        if counts
    ]
    months = [
        Update(
            tally_keys.month_tally(survey_id, segment, month, shard), add={**counts, "version": 1}
        )
        for (segment, month), counts in by_month(changes).items()
    ]
    return [*days, *months]


def tally_touches(survey_id: str, cells: Iterable[Cell], shard: int) -> list[Update]:
    """Raises only versions. A recount sees by them that counted items have changed."""
    days = sorted(set(cells))
    months = sorted({(segment, day[:7]) for segment, day in days})
    return [
        Update(key, add={"version": 1})
        for key in (
            *(tally_keys.tally(survey_id, segment, day, shard) for segment, day in days),
            *(
                tally_keys.month_tally(survey_id, segment, month, shard)
                for segment, month in months
            ),
        )
    ]


def by_month(changes: Mapping[Cell, Counts]) -> dict[Cell, dict[str, int]]:
    """The same changes per segment and month (`2026-11`). Days of one month are added up."""
    parts = [{(segment, day[:7]): counts} for (segment, day), counts in changes.items()]
    return merged(*parts)
