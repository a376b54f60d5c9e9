"""A delivery: one fact on its way to one webhook. It holds ids and facts of events; what people
said is read when the call is made, and what was erased meanwhile is not sent."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct, field

from chalicelib import ids

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# The kind of a note in a ticket, and in the place of a webhook where it goes.
NOTE: Final = "note"
# Of Standard Webhooks: the pause after each try that failed. The tick looks every minute, so no
# pause is shorter than the time to the next one.
PAUSES: Final = (
    timedelta(seconds=5),
    5 * MINUTE,
    30 * MINUTE,
    *(hours * HOUR for hours in (2, 5, 10, 14, 20, 24)),
)
TRIED_FOR: Final = timedelta(days=3)
KEPT_FOR: Final = timedelta(days=30)
JITTER: Final = 0.1  # of a pause, at most


class State(StrEnum):
    """The names that a mail has while it is sent, and FAILED: it was tried in vain.
    SUPPRESSED: it was not tried any more, and `reason` says why."""

    WAITING = "waiting"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


class Delivery(Struct, frozen=True):
    """`to` is the id of a webhook, or the name of another channel. `event` is what happened, and
    `facts` its ids. `due_at` None: at once. `answer` is the last HTTP status, `reason` why the last
    try failed or why there is none."""

    id: str
    kind: str
    to: str
    event: str
    survey: str | None
    happened_at: str
    created_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    due_at: datetime | None = None
    state: State = State.QUEUED
    attempts: int = 0
    last_at: datetime | None = None
    answer: int | None = None
    reason: str | None = None


def delivery_id(to: str, cause: str) -> str:
    """`cause` is the id of an event, or of an effect of a plan: one delivery for each. It is the
    `webhook-id` that a receiver knows a repeat by."""
    return ids.derived_id("delivery", to, cause)


def next_try(
    attempts: int, first: datetime, now: datetime, spread: float, wished: int | None = None
) -> datetime | None:
    """After so many tries in vain, the first of them at `first`; None when there is none left.
    `spread` from 0 to 1 is chance. `wished`: seconds that the receiver asked for."""
    last = first + TRIED_FOR
    if now >= last:
        return None
    pause = PAUSES[min(attempts, len(PAUSES)) - 1]
    pause = max(pause, timedelta(seconds=wished or 0))
    return min(now + pause * (1 + JITTER * spread), last)
