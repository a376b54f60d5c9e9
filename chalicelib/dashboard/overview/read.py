"""Internal and external surveys beside their last words and their tasks, as the API gives them."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from msgspec import Struct

from chalicelib.dashboard.ask import Ask, Part
from chalicelib.responses.routes import list_responses
from chalicelib.scores.benchmarks.routes import show_benchmarks
from chalicelib.surveys.by_name import by_name
from chalicelib.tasks.routes import list_tasks

ON_A_PAGE: Final = 20
LAST_WORDS: Final = {"commented": "true", "limit": "1"}
# Of the most urgent tasks: each page is one read, one after another.
PAGES_OF_TASKS: Final = 3
Together = Callable[[Sequence[Callable[[], Part]]], list[Part]]


class Place(Struct, frozen=True):
    """A page of the overview: `part` of a page of the benchmarks, which is behind `cursor`."""

    cursor: str | None = None
    part: int = 0


class Tasks(Struct, frozen=True):
    """Open ones by survey. `more`: there are others that were not counted. `is_late`: none were,
    for want of time."""

    open: Counter[str]
    overdue: Counter[str]
    more: bool = False
    is_late: bool = False


class Overview(Struct, frozen=True):
    """Rows of the benchmarks, in the order of names. `words` are by survey. `tasks` None: they
    are for others."""

    internal: Sequence[Any]
    external: Sequence[Any]
    words: dict[str, Part]
    tasks: Tasks | None
    next: Place | None
    is_late: bool


def read_overview(place: Place, ask: Ask, together: Together) -> Overview:
    """At most three reads of tasks, one of the benchmarks, and one for each survey."""
    shown = ask(show_benchmarks, {"cursor": place.cursor})
    begin = place.part * ON_A_PAGE
    rows = _rows_of(shown)[begin : begin + ON_A_PAGE]
    ids = [row["survey"] for row in rows]
    found = together([partial(ask.part, list_responses, LAST_WORDS, survey=one) for one in ids])
    tasks = read_tasks(ask)
    is_late = any(part.is_late for part in found) or (tasks is not None and tasks.is_late)
    return Overview(
        [row for row in shown["internal"] if row in rows],
        [row for row in shown["external"] if row in rows],
        dict(zip(ids, found, strict=True)),
        tasks,
        _next(place, shown),
        is_late,
    )


def _rows_of(shown: Any) -> list[Any]:
    rows = [*shown["internal"], *shown["external"]]
    return sorted(rows, key=lambda row: by_name(row["name"], row["survey"]))


def _next(place: Place, shown: Any) -> Place | None:
    is_longer = len(shown["internal"]) + len(shown["external"]) > (place.part + 1) * ON_A_PAGE
    if is_longer:
        return Place(place.cursor, place.part + 1)
    return Place(shown["next"]) if shown["next"] else None


def read_tasks(ask: Ask) -> Tasks | None:
    tasks, cursor = list[Any](), None
    for _ in range(PAGES_OF_TASKS):
        part = ask.part(list_tasks, {"limit": "100", "cursor": cursor})
        if part.given is None:
            return Tasks(Counter(), Counter(), is_late=True) if part.is_late else None
        tasks, cursor = [*tasks, *part.given["items"]], part.given["next"]
        if cursor is None:
            break
    overdue = Counter(task["survey"] for task in tasks if task["overdue"])
    return Tasks(Counter(task["survey"] for task in tasks), overdue, cursor is not None)
