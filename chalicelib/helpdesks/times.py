"""When a ticket changed, by what its tool sends. Pure."""

import re
from datetime import UTC, datetime

from chalicelib.helpdesks.paths import Path, Place
from chalicelib.helpdesks.source import Shape


def changed_at(shape: Shape, place: Place, now: datetime) -> datetime:
    """By the clock of the tool, which may not be ahead: what comes later would be ignored. Now,
    when it sends no time."""
    found = moment_in(place.text(shape.changed_at or shape.solved_at))
    return min(found, now) if found else now


def nobody_answered(closed: Path, theirs: Path, ours: Path) -> Path:
    """`true` when, after a first `closed`, whoever asked wrote at `theirs` and the team, which
    wrote last at `ours`, has not answered."""

    def is_true(place: Place) -> str:
        first, asked, answered = (moment_in(place.text(path)) for path in (closed, theirs, ours))
        if first is None or asked is None or asked <= first:
            return "false"
        return str(answered is None or answered < asked).lower()

    return is_true


def moment_in(text: str) -> datetime | None:
    """Of seconds or milliseconds since 1970, or of an RFC 3339 time. Tools that write no offset
    mean UTC, and some write that word behind it."""
    try:
        if re.fullmatch(r"\d{9,13}(\.\d+)?", text):
            number = float(text)
            return datetime.fromtimestamp(number / (1000 if number > 1e11 else 1), UTC)
        return _utc(datetime.fromisoformat(re.sub(r" ?(UTC|z)$", "Z", text)))
    except ValueError:
        return None


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
