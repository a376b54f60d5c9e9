"""How well a survey's loop is closed, from the counts of its tasks. Pure."""

from collections.abc import Mapping
from datetime import date

from chalicelib.scores.loop.schemas import CauseCourse, Hours, InTime, LoopParts, Tasks
from chalicelib.scores.statistics.intervals import Reading, reading, wilson
from chalicelib.scores.summary import total
from chalicelib.surveys.cause import folded
from chalicelib.tally.tally import CAUSE, FIXED
from chalicelib.tasks.causes import causes_of
from chalicelib.tasks.task import BY_ANSWER

Counts = Mapping[str, int]
Months = Mapping[date, Counts]  # by the first day of the month


def loop_of(loop: Months, course: Months) -> LoopParts:
    """`loop` and `course` are the counts of LOOP and COURSE."""
    events, went = total(loop.values()), total(course.values())
    opened = events.get("opened", 0) - went.get("improved", 0)
    decided = went.get("closed_in_time", 0) + went.get("overdue", 0)
    # Before most are decided, the quick ones stand for all.
    read = reading(decided if 5 * decided >= 4 * opened else 0)
    return {
        "reading": read,
        "tasks": _tasks(events, went),
        "touched_in_time": _in_time("touched", "untouched", went, read),
        "closed_in_time": _in_time("closed", None, went, read),
        "hours_to_touch": _hours("touched", opened, went, read),
        "hours_to_close": _hours("closed", opened, went, read),
        "causes": _causes(loop, course),
        "helped": {"yes": went.get("helped", 0), "no": went.get("not_helped", 0)},
    }


def median_of(hours: Mapping[int, int], of: int) -> float | None:
    """Of `of` tasks. Those without hours took longer than all others; None: the median is one of
    them."""
    below, middle = 0, list[int]()
    for hour, count in sorted(hours.items()):
        ranks = range(below, below + count)
        middle += [hour for rank in ((of - 1) // 2, of // 2) if rank in ranks]
        below += count
    return sum(middle) / 2 if len(middle) == 2 else None


def _tasks(events: Counts, went: Counts) -> Tasks:
    return {
        "opened": events.get("opened", 0),
        "improved": went.get("improved", 0),
        "touched": went.get("touched", 0),
        "closed": went.get("closed", 0),
        "overdue": went.get("overdue", 0),
    }


def _in_time(what: str, never: str | None, went: Counts, read: Reading) -> InTime:
    """`never` counts those that nobody ever did it to, once their due time was over."""
    in_time = went.get(f"{what}_in_time", 0)
    late = went.get(what, 0) - in_time + went.get(never, 0) if never else went.get("overdue", 0)
    of = in_time + late
    between = wilson(in_time, of) if read is not Reading.TOO_FEW else None
    return {
        "count": in_time,
        "of": of,
        "share": in_time / of if between else None,
        "low": between.low if between else None,
        "high": between.high if between else None,
    }


def _hours(what: str, opened: int, went: Counts, read: Reading) -> Hours:
    if read is Reading.TOO_FEW:
        return {"clock": None, "worked": None}
    clock, worked = (_by_hour(f"{what}|{kind}|", went) for kind in ("hours", "worked"))
    return {"clock": median_of(clock, opened), "worked": median_of(worked, opened)}


def _by_hour(prefix: str, went: Counts) -> dict[int, int]:
    return {int(name[len(prefix) :]): of for name, of in went.items() if name.startswith(prefix)}


def _causes(loop: Months, course: Months) -> list[CauseCourse]:
    fixed = _by_folded_name(total(course.values()), FIXED)
    by_month = {month: _by_folded_name(counts) for month, counts in sorted(loop.items())}
    return [
        {
            "cause": cause,
            "count": count,
            "fixed": fixed.get(folded(cause), 0),
            "months": [
                {"month": f"{month:%Y-%m}", "count": named.get(folded(cause), 0)}
                for month, named in by_month.items()
            ],
        }
        for cause, count in causes_of(total(loop.values()))
        if cause not in BY_ANSWER
    ]


def _by_folded_name(counts: Counts, prefix: str = CAUSE) -> dict[str, int]:
    return {folded(cause): count for cause, count in causes_of(counts, prefix)}
