"""Takes the words away from a published answer, and the address of whoever asked to be contacted.
Its score stays, of nobody: a number that falls would tell whose it was."""

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from chalicelib import moments
from chalicelib.responses.record import RecordNeeds, write
from chalicelib.responses.response import Response
from chalicelib.retry import retrying
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import words_of

A_DAY = timedelta(days=1)


def take_words(
    result_id: str, survey: Survey, now: datetime, needs: RecordNeeds, keeps_address: bool = False
) -> None:
    """Safe to run twice. Raises Unavailable after all tries."""

    def take(attempt: int) -> None:
        found = needs.responses.find(result_id)
        if found and keeps_address:
            write(found, without_words(found, survey, now), attempt, needs)
        elif found:
            take_words_of(found, survey, now, attempt, needs)

    retrying(take, needs.pause)


def take_words_of(
    found: Response, survey: Survey, now: datetime, attempt: int, needs: RecordNeeds
) -> None:
    """Raises as Table.write and Table.transact."""
    if found.is_named_ballot:
        needs.responses.forget_address(found.id)
    write(found, without_words(found, survey, now), attempt, needs)


def without_words(found: Response, survey: Survey, now: datetime) -> Response:
    words = words_of(found.answers)
    if found.comment is None and not words:
        return found
    # What was chosen of options is a number, as the score is.
    left = {name: given for name, given in found.answers.items() if name not in words}
    # No hour of the day may tell who it was. A reader of changes finds it behind all of today.
    changed_at = moments.start_of(day_after(survey, now), survey.tz)
    after = replace(found, comment=None, answers=left)
    return replace(after, version=found.version + 1, changed_at=changed_at)


def day_after(survey: Survey, now: datetime) -> date:
    return moments.day_in(now, survey.tz) + A_DAY
