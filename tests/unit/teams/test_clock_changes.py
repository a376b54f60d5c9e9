"""Working minutes around the hours that a clock skips or repeats."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.teams.due import due_at, next_start, worked_at, worked_between
from chalicelib.teams.team import WEEKDAYS, Calendar

MINUTE: Final = timedelta(minutes=1)
# Of each zone some moments at which its clocks changed. All lie two years back or more: of this
# year one edition of the zones' data knows what another does not.
CHANGES: Final[Mapping[str, tuple[str, ...]]] = {
    "Europe/Berlin": ("2024-03-31T01:00Z", "2024-10-27T01:00Z"),
    "America/New_York": ("2024-03-10T07:00Z", "2024-11-03T06:00Z"),
    "Australia/Lord_Howe": ("2024-04-06T15:00Z", "2024-10-05T15:30Z"),  # by half an hour
    "Africa/Casablanca": ("2024-03-10T02:00Z", "2024-04-14T02:00Z"),  # for Ramadan
    "America/Santiago": ("2024-04-07T03:00Z", "2024-09-08T04:00Z"),  # at midnight
    "America/Havana": ("2024-03-10T05:00Z", "2024-11-03T05:00Z"),  # at midnight and at one
    "America/St_Johns": ("2011-03-13T03:31Z", "2010-11-07T02:31Z"),  # a minute after midnight
    "Pacific/Apia": ("2011-12-30T10:00Z",),  # a whole day was skipped
}
OF_ZONES = [(zone, change) for zone, changes in CHANGES.items() for change in changes]
# They end, begin and break inside of the hour that is changed, and at its edges.
AROUND: Final = (
    ("00:00-02:30", "02:45-03:15", "03:30-24:00"),
    ("00:10-00:40", "00:50-01:10", "01:30-02:00", "02:10-02:20", "02:30-04:00", "23:15-23:45"),
    ("00:00-00:30", "01:00-02:00", "02:15-02:45", "03:00-09:00", "22:30-23:30", "23:40-24:00"),
    ("02:00-03:00",),
    ("00:00-24:00",),
)


def kept_in(place: tuple[str, str], hours: tuple[str, ...]) -> tuple[Calendar, str]:
    zone, change = place
    return Calendar(zone, dict.fromkeys(WEEKDAYS, hours)), change


calendars = st.builds(kept_in, st.sampled_from(OF_ZONES), st.sampled_from(AROUND))
minutes = st.integers(-30 * 60, 30 * 60)


def near(change: str, minutes: int) -> datetime:
    return datetime.fromisoformat(change) + minutes * MINUTE


@pytest.mark.parametrize(("zone", "change"), OF_ZONES)
def test_the_clocks_of_the_zone_change_there(zone: str, change: str) -> None:
    at, place = datetime.fromisoformat(change), ZoneInfo(zone)
    before, after = (at - MINUTE).astimezone(place), at.astimezone(place)
    assert before.utcoffset() != after.utcoffset()


@given(calendars, minutes, minutes, minutes)
def test_the_parts_of_a_time_add_up(
    kept: tuple[Calendar, str], first: int, second: int, third: int
) -> None:
    calendar, change = kept
    start, middle, end = (near(change, one) for one in sorted((first, second, third)))
    parts = worked_between(start, middle, calendar) + worked_between(middle, end, calendar)
    assert parts == worked_between(start, end, calendar) <= end - start


@given(calendars, minutes, st.integers(0, 40))
def test_no_minute_is_worked_twice(kept: tuple[Calendar, str], first: int, more: int) -> None:
    calendar, change = kept
    start = near(change, first)
    assert worked_between(start, start + more * MINUTE, calendar) <= more * MINUTE


@given(calendars, minutes, st.integers(1, 60))
def test_hours_that_are_added_are_measured(
    kept: tuple[Calendar, str], first: int, hours: int
) -> None:
    calendar, change = kept
    start, wanted = near(change, first), timedelta(hours=hours)
    assert worked_between(start, due_at(start, hours, calendar), calendar) == wanted
    assert worked_between(start, worked_at(start, wanted, calendar), calendar) == wanted


@given(calendars, minutes, st.integers(0, 30 * 60))
def test_minutes_that_are_added_are_measured(
    kept: tuple[Calendar, str], first: int, more: int
) -> None:
    calendar, change = kept
    start, wanted = near(change, first), more * MINUTE
    assert worked_between(start, worked_at(start, wanted, calendar), calendar) == wanted


@given(calendars, minutes)
def test_a_minute_is_worked_when_the_clock_shows_one_of_the_hours(
    kept: tuple[Calendar, str], first: int
) -> None:
    calendar, change = kept
    start = near(change, first)
    local = start.astimezone(ZoneInfo(calendar.tz))
    assume(local.replace(fold=1 - local.fold).utcoffset() == local.utcoffset())  # shown once
    shown, hours = f"{local:%H:%M}", calendar.hours[WEEKDAYS[local.weekday()]]
    is_open = any(interval[:5] <= shown < interval[6:] for interval in hours)
    assert (worked_between(start, start + MINUTE, calendar) == MINUTE) is is_open


SKIPPED: Final = Calendar("Europe/Berlin", {"sunday": ("02:00-02:30", "03:00-04:00")})


def test_hours_that_are_skipped_are_not_worked() -> None:
    saturday = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert worked_between(saturday, saturday + timedelta(days=1), SKIPPED) == timedelta(hours=1)
    assert due_at(saturday, 1, SKIPPED) == datetime(2026, 3, 29, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("interval", "worked"),
    [
        ("00:00-02:30", 150),  # it ends the first time that clocks show 02:30
        ("02:30-04:00", 150),  # and begins the first time: an hour is worked twice
        ("02:10-02:20", 10),
        ("01:00-03:00", 180),
    ],
)
def test_a_shift_that_begins_or_ends_in_a_repeated_hour_does_so_the_first_time(
    interval: str, worked: int
) -> None:
    saturday = datetime(2026, 10, 24, 12, tzinfo=UTC)
    calendar = Calendar("Europe/Berlin", {"sunday": (interval,)})
    found = worked_between(saturday, saturday + timedelta(days=1), calendar)
    assert found == worked * MINUTE


@pytest.mark.parametrize(
    ("zone", "opens", "begins"),
    [
        ("Europe/Berlin", "02:30-09:00", "2024-03-31T01:00Z"),
        ("Australia/Lord_Howe", "02:10-09:00", "2024-10-05T15:30Z"),
        ("America/Santiago", "00:15-08:00", "2024-09-08T04:00Z"),
    ],
)
def test_a_day_whose_first_minutes_are_skipped_begins_after_them(
    zone: str, opens: str, begins: str
) -> None:
    at = datetime.fromisoformat(begins)
    calendar = Calendar(zone, {"sunday": (opens,)})
    assert next_start(at - timedelta(hours=5), calendar, is_weekly=False) == at
