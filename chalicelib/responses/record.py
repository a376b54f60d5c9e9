"""Records an answer: the response and its counts in one transaction, exactly once.

The operation key is stored on the response. So a caller may try again after a lost answer, a
crash or a doubled POST.
"""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from chalicelib import ids, moments
from chalicelib.errors import LinkRejected
from chalicelib.invitations.invitation import Invitation
from chalicelib.responses.response import Answer, Response, answered, erased
from chalicelib.responses.store import ResponseStore
from chalicelib.retry import ANSWER_TRIES, no_limit, retrying
from chalicelib.surveys.scale import Scale
from chalicelib.tally.shards import ShardOf


class RecordNeeds(Struct, frozen=True):
    """`pause(attempt)` waits between tries, with jitter; `time_left` gives seconds."""

    responses: ResponseStore
    pause: Callable[[int], None]
    shard_of: ShardOf
    time_left: Callable[[], float] = no_limit


def new_operation(now: datetime) -> str:
    """A key for an answer without a page. Keys sort by time."""
    return f"{round(now.timestamp() * 1000):012x}-{ids.new_id()}"


def record_response(
    invitation_id: str,
    answer: Answer,
    operation: str,
    zone: str,
    now: datetime,
    needs: RecordNeeds,
    scale: str = Scale.NPS,
) -> Response:
    """Raises LinkRejected when there is nothing to answer, Unavailable after all tries."""

    def record(attempt: int) -> Response:
        invitation, current = needs.responses.invitation_and_response(invitation_id)
        after = _after(invitation, current, answer, operation, zone, now, scale)
        return write(current, after, attempt, needs, invitation)

    return retrying(record, needs.pause, ANSWER_TRIES)


def erase_response(
    response_id: str, operation: str, now: datetime, needs: RecordNeeds
) -> Response | None:
    """Removes the answer from the response and the counts. Safe to run twice. Raises
    Unavailable after all tries."""

    def erase(attempt: int) -> Response | None:
        current = needs.responses.find(response_id)
        if current is None or current.gone:
            return current
        return write(current, erased(current, operation, now), attempt, needs)

    return retrying(erase, needs.pause)


def _after(
    invitation: Invitation | None,
    current: Response | None,
    answer: Answer,
    operation: str,
    zone: str,
    now: datetime,
    scale: str,
) -> Response:
    if current and current.has_seen(operation):
        return current
    if invitation is None or invitation.is_erased or (current and current.gone):
        raise LinkRejected
    day = moments.day_in(now, zone).isoformat()
    return answered(invitation, current, answer, operation, day, now, scale)


def write(
    before: Response | None,
    after: Response,
    attempt: int,
    needs: RecordNeeds,
    invitation: Invitation | None = None,
) -> Response:
    if after == before:
        return after
    if before and after.version == before.version:
        needs.responses.press_again(before, after)
        return after
    shard = needs.shard_of(after.survey, attempt)
    return needs.responses.replace(before, after, shard, invitation)
