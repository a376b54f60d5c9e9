"""When a task is due: nights, weekends, holidays, lunch and the days when clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.teams.due import due_at, worked_between
from chalicelib.teams.team import WEEKDAYS, Calendar

OFFICE = ("08:00-12:00", "12:30-16:30")
FIVE_DAYS = dict.fromkeys(WEEKDAYS[:5], OFFICE)
# Maundy Thursday, Good Friday and Easter Monday in Norway; Good Friday is none in Japan.
EASTER = {date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6)}
GOLDEN_WEEK = {date(2026, 4, 29), date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6)}


def due(zone: str, start: str, hours: int, holidays: set[date] | None = None) -> str:
    """Both in local time."""
    at = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    found = due_at(at, hours, Calendar(zone, FIVE_DAYS), holidays or set())
    assert found.tzinfo is UTC
    return found.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize("zone", ["Europe/Oslo", "Asia/Tokyo", "America/St_Johns"])
@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-18 09:00", 2, "2026-11-18 11:00"),
        ("2026-11-18 10:00", 2, "2026-11-18 12:00"),  # not after lunch
        ("2026-11-18 10:00", 3, "2026-11-18 13:30"),
        ("2026-11-18 12:10", 1, "2026-11-18 13:30"),  # in the middle of lunch
        ("2026-11-18 15:30", 1, "2026-11-18 16:30"),
        ("2026-11-18 15:30", 2, "2026-11-19 09:00"),
        ("2026-11-18 22:00", 1, "2026-11-19 09:00"),
        ("2026-11-18 03:00", 8, "2026-11-18 16:30"),
        ("2026-11-20 15:30", 2, "2026-11-23 09:00"),  # over a weekend
        ("2026-11-21 12:00", 24, "2026-11-25 16:30"),
    ],
)
def test_only_working_hours_count(zone: str, start: str, hours: int, end: str) -> None:
    assert due(zone, start, hours) == end


def test_a_holiday_weekend_counts_where_it_is_kept() -> None:
    asked = ("2026-04-01 15:30", 4)
    assert due("Europe/Oslo", *asked, EASTER) == "2026-04-07 11:00"
    assert due("Asia/Tokyo", *asked, GOLDEN_WEEK) == "2026-04-02 11:00"
    assert due("Asia/Tokyo", "2026-05-01 15:30", 4, GOLDEN_WEEK) == "2026-05-07 11:00"
    assert due("Europe/Oslo", "2026-05-01 15:30", 4, EASTER) == "2026-05-04 11:00"


def test_the_same_moment_is_another_day_in_another_zone() -> None:
    at = datetime(2026, 4, 2, 23, 30, tzinfo=UTC)  # Friday in Tokyo, Thursday in New York
    friday = {date(2026, 4, 3)}
    tokyo = due_at(at, 1, Calendar("Asia/Tokyo", FIVE_DAYS), friday)
    york = due_at(at, 1, Calendar("America/New_York", FIVE_DAYS), friday)
    assert tokyo == datetime(2026, 4, 6, 0, 0, tzinfo=UTC)
    assert york == datetime(2026, 4, 6, 13, 0, tzinfo=UTC)


NIGHT = Calendar("Europe/Oslo", {"sunday": ("00:00-08:00",)})


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        # From 02:00 on 29 March it is 03:00: the shift has seven hours.
        ("2026-03-28T20:00Z", 7, "2026-03-29T06:00Z"),
        ("2026-03-28T20:00Z", 8, "2026-04-04T23:00Z"),
        # From 03:00 on 25 October it is 02:00 again: nine.
        ("2026-10-24T20:00Z", 8, "2026-10-25T06:00Z"),
        ("2026-10-24T20:00Z", 9, "2026-10-25T07:00Z"),
    ],
)
def test_an_hour_is_an_hour_on_the_days_when_clocks_change(
    start: str, hours: int, end: str
) -> None:
    found = due_at(datetime.fromisoformat(start), hours, NIGHT)
    assert found == datetime.fromisoformat(end)


def test_a_shift_may_last_until_midnight() -> None:
    late = Calendar("Asia/Tokyo", {"monday": ("22:00-24:00",), "tuesday": ("00:00-01:00",)})
    start = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 23:30
    assert due_at(start, 1, late) == datetime(2026, 11, 23, 15, 30, tzinfo=UTC)


def test_without_a_calendar_every_hour_counts() -> None:
    start = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
    assert due_at(start, 24, None) == datetime(2026, 11, 21, 22, 0, tzinfo=UTC)


BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))


@given(MOMENTS, st.integers(1, 60), st.integers(1, 60), st.sets(st.dates(), max_size=3))
def test_hours_add_up(start: datetime, first: int, more: int, holidays: set[date]) -> None:
    calendar = Calendar("Europe/Oslo", FIVE_DAYS)
    halfway = due_at(start, first, calendar, holidays)
    assert due_at(halfway, more, calendar, holidays) == due_at(
        start, first + more, calendar, holidays
    )


@given(MOMENTS, st.integers(1, 720))
def test_the_smallest_calendar_ends_too(start: datetime, hours: int) -> None:
    hour = Calendar("America/New_York", {"wednesday": ("09:00-10:00",)})
    found = due_at(start, hours, hour)
    assert 7 * (hours - 1) <= (found - start).days <= 7 * hours + 1


@given(MOMENTS, st.integers(1, 90), st.sets(st.dates(), max_size=3))
def test_what_is_due_after_some_hours_has_taken_so_many(
    start: datetime, hours: int, holidays: set[date]
) -> None:
    calendar = Calendar("Europe/Oslo", FIVE_DAYS)
    end = due_at(start, hours, calendar, holidays)
    assert worked_between(start, end, calendar, holidays) == timedelta(hours=hours)


def test_a_night_a_weekend_and_a_holiday_are_no_work() -> None:
    calendar = Calendar("Europe/Oslo", FIVE_DAYS)
    friday = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)  # 15:00
    tuesday = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # 10:00
    hours = worked_between(friday, tuesday, calendar)
    kept = worked_between(friday, tuesday, calendar, {date(2026, 11, 23)})
    day = due_at(datetime(2026, 11, 23, 0, 0, tzinfo=UTC), 1, calendar) - timedelta(hours=1)
    assert hours - kept == worked_between(day, day + timedelta(hours=14), calendar)
    assert worked_between(tuesday, friday, calendar) == timedelta(0)


def test_without_a_calendar_every_hour_is_worked() -> None:
    start = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
    assert worked_between(start, start + timedelta(hours=30), None) == timedelta(hours=30)
