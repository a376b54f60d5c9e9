"""Times as RFC 3339 UTC text that sorts, and the days of a zone."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def to_text(moment: datetime) -> str:
    """Always milliseconds and Z, so that text order is time order."""
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:  # in the last hours of the calendar of another zone, or the first
        utc = moment.replace(tzinfo=UTC)
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    """Raises ValueError unless `text` is an RFC 3339 time with an offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment.astimezone(UTC)


def day_in(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def start_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def now() -> datetime:
    """Whole milliseconds, as times are stored, so that all compared times have one resolution."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
