"""The working hours of a team: when a task is due, and how long one took. Pure."""

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.teams.team import WEEKDAYS, Calendar, Weekday, minutes_of

MINUTE: Final = timedelta(minutes=1)


def due_at(
    start: datetime, hours: int, calendar: Calendar | None, holidays: Container[date] = ()
) -> datetime:
    """When so many working hours are over since `start`. Without a calendar all hours count.
    `holidays` are days of the calendar's zone."""
    left = timedelta(hours=hours)
    return _moment_after(start, left, calendar, holidays, at_close=True)


def worked_at(
    start: datetime, worked: timedelta, calendar: Calendar | None, holidays: Container[date] = ()
) -> datetime:
    """When somebody is at work who has worked so long since `start`: the beginning of a shift, and
    not the end of the one before."""
    return _moment_after(start, worked, calendar, holidays, at_close=False)


def worked_between(
    start: datetime, end: datetime, calendar: Calendar | None, holidays: Container[date] = ()
) -> timedelta:
    """The working hours in start <= time < end. Without a calendar all hours count."""
    if calendar is None:
        return max(end - start, timedelta(0))
    worked = timedelta(0)
    for opens, closes in _shifts(start, calendar, holidays):
        if opens >= end:
            break
        worked += max(min(closes, end) - max(opens, start), timedelta(0))
    return worked


def next_start(now: datetime, calendar: Calendar | None, is_weekly: bool) -> datetime:
    """When the next working day begins, or the first one of a week. Holidays are not asked for.
    Without a calendar, at eight o'clock UTC from Monday to Friday."""
    hours, zone = _hours_of(calendar), _zone_of(calendar)
    days = [day for day in WEEKDAYS if hours.get(day)]
    wanted = [_first_of_week(days)] if is_weekly else days
    day = now.astimezone(zone).date()
    while True:
        weekday = WEEKDAYS[day.weekday()]
        if weekday in wanted:
            opens = _moment(day, minutes_of(hours[weekday][0])[0], zone)
            if opens > now:
                return opens
        day += timedelta(days=1)


def day_of(calendar: Calendar | None, moment: datetime) -> date:
    return moment.astimezone(_zone_of(calendar)).date()


def _moment_after(
    start: datetime,
    left: timedelta,
    calendar: Calendar | None,
    holidays: Container[date],
    at_close: bool,
) -> datetime:
    if calendar is None:
        return start + left
    for opens, closes in _shifts(start, calendar, holidays):
        begin = max(opens, start)
        if closes <= begin:
            continue
        if left < closes - begin or (at_close and left == closes - begin):
            return begin + left
        left -= closes - begin
    raise OverflowError  # a calendar has an hour of work in every week, so no date is so far


def _first_of_week(days: Sequence[Weekday]) -> Weekday:
    """The one after the longest break: Sunday where Friday and Saturday are free. Of equal ones the
    earliest from Monday on."""
    places = [WEEKDAYS.index(day) for day in days]
    breaks = [(place - places[number - 1] - 1) % 7 for number, place in enumerate(places)]
    return days[breaks.index(max(breaks))]


def _hours_of(calendar: Calendar | None) -> Mapping[Weekday, Sequence[str]]:
    return calendar.hours if calendar else dict.fromkeys(WEEKDAYS[:5], ("08:00-16:00",))


def _zone_of(calendar: Calendar | None) -> ZoneInfo:
    return ZoneInfo(calendar.tz if calendar else "UTC")


def _shifts(
    start: datetime, calendar: Calendar, holidays: Container[date]
) -> Iterator[tuple[datetime, datetime]]:
    """In UTC, so that an hour is an hour on the days when clocks change."""
    zone = ZoneInfo(calendar.tz)
    day = start.astimezone(zone).date()
    while day < date.max:
        if day not in holidays:
            for interval in calendar.hours.get(WEEKDAYS[day.weekday()], ()):
                opens, closes = minutes_of(interval)
                yield _moment(day, opens, zone), _moment(day, closes, zone)
        day += timedelta(days=1)


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """When clocks first show that time or a later one. So a shift that clocks skip has no minutes,
    and one that begins or ends in an hour that they show twice does so the first time."""
    local = datetime.combine(day, time.min) + timedelta(minutes=minutes)
    shown = local.replace(tzinfo=zone).astimezone(UTC)
    before = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    # Only of a time that is skipped is the second reading the earlier one.
    skipped = range((shown - before) // MINUTE)
    passed = bisect_left(skipped, True, key=lambda count: _is_past(local, before, count, zone))
    return before + passed * MINUTE if skipped else shown


def _is_past(local: datetime, start: datetime, minutes: int, zone: ZoneInfo) -> bool:
    return (start + minutes * MINUTE).astimezone(zone).replace(tzinfo=None) > local
