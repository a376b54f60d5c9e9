"""Takes the words away from a published answer. Its score stays, of nobody: a number that falls
would tell whose it was."""

from dataclasses import replace
from datetime import date, datetime

from chalicelib import moments
from chalicelib.responses.record import RecordNeeds
from chalicelib.retry import retrying


def take_words(result_id: str, zone: str, now: datetime, needs: RecordNeeds) -> bool:
    """Whether there were any. Safe to run twice. Raises Unavailable after all tries."""
    # No more is told than the day.
    day = moments.start_of(date.fromisoformat(str(moments.day_in(now, zone))), zone)

    def take(attempt: int) -> bool:
        before = needs.responses.find(result_id)
        if before is None or before.comment is None:
            return False
        after = replace(
            before, comment=None, commented_at=None, version=before.version + 1, changed_at=day
        )
        needs.responses.replace(before, after, needs.shard_of(before.survey, attempt))
        return True

    return retrying(take, needs.pause)
