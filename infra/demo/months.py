"""The months of the story: 0 is the one in which it is told, 1 the last that is over."""

from datetime import datetime, timedelta

from chalicelib.periods import month_after, months_between


def days_since(midnight: datetime, month: int) -> int:
    """How many days ago the month began."""
    today = midnight.date()
    return (today - month_after(today.replace(day=1), -month)).days


def month_of(midnight: datetime, days_ago: int) -> int:
    day = (midnight - timedelta(days=days_ago)).date()
    return months_between(day.replace(day=1), midnight.date().replace(day=1))
