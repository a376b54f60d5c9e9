"""How well the loop is closed: what is read from counts is what the tasks themselves give."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import median

import hypothesis.strategies as st
import pytest
from hypothesis import given
from msgspec.structs import replace

from chalicelib.scores.loop.loop import loop_of, median_of
from chalicelib.scores.loop.schemas import LoopParts
from chalicelib.tally.tally import COURSE, LOOP, add_counts
from chalicelib.tasks.closing import Closing
from chalicelib.tasks.counts import task_contribution
from chalicelib.tasks.course import bin_of
from chalicelib.tasks.history import HEED, Entry
from chalicelib.tasks.task import IMPROVED, Task, Touch

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
AGES = st.integers(0, 100 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """As work leaves them: whoever closes one has touched it, and the tick has been here."""
    touched, closed = sorted((draw(AGES), draw(AGES)))
    state = draw(st.sampled_from(["untouched", "touched", "closed", "improved"]))
    due = NOW + draw(AGES)
    task = Task("one", "desk", "Desk", None, NOW, due, "2026-11-20", overdue=draw(st.booleans()))
    if state in ("touched", "closed"):
        touch = Touch(NOW + touched, draw(st.integers(0, 900)), NOW + touched <= due)
        task = replace(task, touched=touch)
    if state in ("closed", "improved"):
        cause = IMPROVED if state == "improved" else draw(st.sampled_from(["Wi-Fi", "VPN"]))
        at = NOW + closed
        closing = Closing(cause, cause == "VPN", None, at, at.date().isoformat(), 3)
        task = replace(task, closing=closing, overdue=at > due)
    return task


def read(made: Sequence[Task]) -> LoopParts:
    months: dict[str, dict[date, dict[str, int]]] = {LOOP: {}, COURSE: {}}
    for task in made:
        for (segment, day), counts in task_contribution(task).items():
            month = date.fromisoformat(day).replace(day=1)
            add_counts(months[segment].setdefault(month, {}), counts)
    return loop_of(months[LOOP], months[COURSE])


def brute_median(hours: Sequence[int | None]) -> float | None:
    longest = 10**9
    found = median([longest if hour is None else hour for hour in hours])
    return None if found >= longest / 2 else float(found)


@given(st.lists(tasks(), min_size=1, max_size=60))
def test_what_the_counts_tell_is_what_the_tasks_tell(made: list[Task]) -> None:
    told = read(made)
    real = [task for task in made if not (task.closing and task.closing.cause == IMPROVED)]
    closed = [task.closing for task in real if task.closing]
    in_time = [one for one in real if one.closing and one.closing.at <= one.due_at]
    missed = [one for one in real if one.overdue and one not in in_time]
    assert told["tasks"]["opened"] == len(made)
    assert told["tasks"]["improved"] == len(made) - len(real)
    assert told["tasks"]["closed"] == len(closed)
    assert told["tasks"]["overdue"] == len(missed)
    share = told["closed_in_time"]
    assert (share["count"], share["of"]) == (len(in_time), len(in_time) + len(missed))
    if told["reading"] != "too_few":
        clock = [one.closing and (one.closing.at - NOW) // timedelta(hours=1) for one in real]
        hours = [None if one is None else bin_of(one) for one in clock]
        assert told["hours_to_close"]["clock"] == brute_median(hours)
        worked = [None if one.touched is None else one.touched.worked_hours for one in real]
        hours = [None if one is None else bin_of(one) for one in worked]
        assert told["hours_to_touch"]["worked"] == brute_median(hours)
        assert share["share"] == len(in_time) / (len(in_time) + len(missed))
    assert sum(cause["count"] for cause in told["causes"]) == len(closed)
    assert sum(cause["fixed"] for cause in told["causes"]) == sum(one.fixed for one in closed)


@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=1, max_size=30))
def test_a_median_is_that_of_all_of_them(hours: list[int | None]) -> None:
    counts: dict[int, int] = {}
    for hour in hours:
        if hour is not None:
            counts[hour] = counts.get(hour, 0) + 1
    assert median_of(counts, len(hours)) == brute_median(hours)


def done(hours: int, due: int = 24) -> Task:
    at = NOW + timedelta(hours=hours)
    closing = Closing("Wi-Fi", False, None, at, at.date().isoformat(), hours // 3)
    return Task(
        "one",
        "desk",
        "Desk",
        None,
        NOW,
        NOW + timedelta(hours=due),
        "2026-11-20",
        touched=Touch(NOW + timedelta(hours=1), 1, True),
        closing=closing,
    )


OPEN = Task("one", "desk", "Desk", None, NOW, NOW + timedelta(hours=24), "2026-11-20")


def test_nine_tasks_are_too_few_and_ten_are_not() -> None:
    few, enough = read([done(2)] * 9), read([done(2)] * 10)
    assert (few["reading"], enough["reading"]) == ("too_few", "early")
    assert few["closed_in_time"]["share"] is few["hours_to_close"]["clock"] is None
    assert enough["closed_in_time"]["share"] == 1
    assert (enough["hours_to_close"]["clock"], enough["hours_to_touch"]["clock"]) == (2, 1)


def test_while_many_are_not_due_yet_the_quick_ones_tell_nothing() -> None:
    assert read([done(2)] * 40 + [OPEN] * 11)["reading"] == "too_few"
    assert read([done(2)] * 40 + [OPEN] * 10)["reading"] == "steady"


def test_what_nobody_closed_counts_as_the_longest() -> None:
    late = replace(OPEN, overdue=True)
    told = read([done(2)] * 10 + [late] * 8)
    assert told["hours_to_close"]["clock"] == 2
    assert told["closed_in_time"]["share"] == pytest.approx(10 / 18)
    assert read([done(2)] * 10 + [late] * 12)["hours_to_close"]["clock"] is None


@pytest.mark.parametrize(
    ("hours", "told"), [(0, 0), (167, 167), (168, 168), (191, 168), (192, 192), (99999, 2160)]
)
def test_hours_are_exact_for_a_week_and_then_by_day(hours: int, told: int) -> None:
    assert bin_of(hours) == told


def test_a_cause_has_its_course() -> None:
    later = done(24 * 20)
    (cause,) = read([done(1), later, later])["causes"]
    assert (cause["cause"], cause["count"]) == ("Wi-Fi", 3)
    assert cause["months"] == [{"month": "2026-11", "count": 1}, {"month": "2026-12", "count": 2}]


def test_who_said_that_it_helped_is_counted() -> None:
    made = [replace(done(1), helped=helped) for helped in (True, True, False, None)]
    assert read(made)["helped"] == {"yes": 2, "no": 1}


def test_a_task_that_heed_closed_is_nobody_s_work() -> None:
    entry = Entry(NOW, HEED, "improved")
    closing = Closing(IMPROVED, False, None, NOW, "2026-11-20")
    told = read([replace(OPEN, closing=closing, history=(entry,))])
    assert told["tasks"] == {"opened": 1, "improved": 1, "touched": 0, "closed": 0, "overdue": 0}
    assert told["causes"] == []
