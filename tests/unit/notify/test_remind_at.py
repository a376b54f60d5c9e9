"""When somebody is reminded of a task: in the last quarter of the working time, while they work."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.notify.about_tasks import remind_at
from chalicelib.teams.due import due_at, worked_between
from chalicelib.teams.team import WEEKDAYS, Calendar
from tests.support.samples import NOW

OSLO = Calendar("Europe/Oslo", dict.fromkeys(WEEKDAYS[:5], ("08:00-12:00", "12:30-16:30")))
# Maundy Thursday, Good Friday and Easter Monday.
EASTER = {date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6)}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Oslo")).astimezone(UTC)


def reminded(now: str, due: str) -> str | None:
    found = remind_at(at(now), at(due), OSLO, EASTER)
    return found and found.astimezone(ZoneInfo("Europe/Oslo")).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("minutes", "before"), [(24 * 60, 6 * 60), (120, 30), (60, 30), (59, None), (-5, None)]
)
def test_without_a_calendar_every_hour_counts(minutes: int, before: int | None) -> None:
    due = NOW + timedelta(minutes=minutes)
    expected = None if before is None else due - timedelta(minutes=before)
    assert remind_at(NOW, due, None, ()) == expected


@pytest.mark.parametrize(
    ("now", "due", "expected"),
    [
        ("2026-11-18 08:00", "2026-11-20 16:30", "2026-11-20 10:00"),  # 18 of 24 hours
        ("2026-11-18 08:00", "2026-11-23 16:30", "2026-11-23 08:00"),  # not at 16:30 on Friday
        ("2026-11-20 12:30", "2026-11-23 12:00", "2026-11-23 10:00"),  # a weekend is no quarter
        ("2026-04-01 12:30", "2026-04-07 12:00", "2026-04-07 10:00"),  # Easter is none either
        ("2026-11-20 16:00", "2026-11-23 08:30", "2026-11-23 08:00"),  # its last half hour
        ("2026-11-20 16:15", "2026-11-23 08:15", None),  # half an hour of work is left
        ("2026-11-21 08:00", "2026-11-22 16:00", None),  # due on a Sunday, by hand
    ],
)
def test_only_the_hours_of_the_team_count(now: str, due: str, expected: str | None) -> None:
    assert reminded(now, due) == expected


@given(st.integers(0, 60 * 24 * 14), st.integers(1, 60))
def test_nobody_is_reminded_by_night_or_on_a_holiday(minutes: int, hours: int) -> None:
    now = at("2026-03-28 00:00") + timedelta(minutes=minutes)
    due = due_at(now, hours, OSLO, EASTER)
    found = remind_at(now, due, OSLO, EASTER)
    assert found
    assert now <= found < due
    assert worked_between(found, found + timedelta(minutes=1), OSLO, EASTER)
    left = worked_between(found, due, OSLO, EASTER)
    assert left == max(timedelta(hours=hours) / 4, timedelta(minutes=30))
