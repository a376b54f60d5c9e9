"""When a team's working day begins, in its zone."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from chalicelib.teams.due import next_start
from chalicelib.teams.team import WEEKDAYS, Calendar

OSLO = Calendar("Europe/Oslo", dict.fromkeys(WEEKDAYS[:5], ("08:00-11:30", "12:00-16:00")))
CAIRO = Calendar("Africa/Cairo", {"tuesday": ("09:00-17:00",), "sunday": ("10:00-12:00",)})
FRIDAY = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "calendar", "weekly", "begins"),
    [
        (FRIDAY, OSLO, False, at(23, 7)),
        (at(20, 6), OSLO, False, at(20, 7)),
        (at(20, 7), OSLO, False, at(23, 7)),
        (at(24, 7), OSLO, True, at(30, 7)),
        (FRIDAY, CAIRO, False, at(22, 8)),
        (FRIDAY, CAIRO, True, at(22, 8)),
        (FRIDAY, None, False, at(23, 8)),
        (FRIDAY, None, True, at(23, 8)),
        # The clocks go forward on 29 March.
        (at(27, 12, month=3), OSLO, False, at(30, 6, month=3)),
    ],
)
def test_a_working_day_begins_in_the_team_s_zone(
    now: datetime, calendar: Calendar | None, weekly: bool, begins: datetime
) -> None:
    assert next_start(now, calendar, weekly) == begins


@pytest.mark.parametrize(
    ("days", "first"),
    [
        ((6, 0, 1, 2, 3), 6),  # Friday and Saturday are free
        ((5, 6, 0, 1, 2), 5),  # Thursday and Friday
        ((0, 1, 2, 3, 4, 5), 0),
        ((1, 2, 3, 4, 5), 1),
        ((0, 1, 3, 4), 0),
        ((2,), 2),
        (range(7), 0),
    ],
)
def test_a_week_begins_after_its_longest_break(days: Sequence[int], first: int) -> None:
    hours = {WEEKDAYS[day]: ("09:00-17:00",) for day in days}
    begins = next_start(FRIDAY, Calendar("Asia/Riyadh", hours), is_weekly=True)
    assert begins.weekday() == first
    assert begins > FRIDAY
    assert next_start(begins, Calendar("Asia/Riyadh", hours), is_weekly=True).weekday() == first
