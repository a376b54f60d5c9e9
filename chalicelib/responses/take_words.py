"""Takes the words away from a published ballot. Its score stays: it is in numbers that were
shown."""

from dataclasses import replace
from datetime import datetime

from chalicelib import moments
from chalicelib.responses.record import RecordNeeds, write
from chalicelib.responses.response import Response
from chalicelib.retry import retrying


def take_words(response_id: str, now: datetime, zone: str, needs: RecordNeeds) -> None:
    """Safe to run twice. Raises Unavailable after all tries."""
    # To the day, like all that is stored of a published ballot.
    today = moments.start_of(moments.day_in(now, zone), zone)

    def take(attempt: int) -> Response | None:
        current = needs.responses.find(response_id)
        if current is None or current.comment is None:
            return current
        after = replace(current, comment=None, version=current.version + 1, changed_at=today)
        return write(current, after, attempt, needs)

    retrying(take, needs.pause, time_left=needs.time_left)
