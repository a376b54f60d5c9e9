"""Takes the words away from a published answer. Its score stays, of nobody: a number that falls
would tell whose it was."""

from datetime import datetime

from chalicelib.responses.receipt import without_words
from chalicelib.responses.record import RecordNeeds, write
from chalicelib.retry import retrying
from chalicelib.surveys.definition import Survey


def take_words(result_id: str, survey: Survey, now: datetime, needs: RecordNeeds) -> None:
    """Safe to run twice. Raises Unavailable after all tries."""

    def take(attempt: int) -> None:
        found = needs.responses.find(result_id)
        if found:
            write(found, without_words(found, survey, now), attempt, needs)

    retrying(take, needs.pause)
