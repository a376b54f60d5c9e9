"""The one retry. A caller that does not know what became of its try comes again: it reads
what stands now and decides anew."""

import math
import sys
from collections.abc import Callable
from typing import Final, TypeVar

from chalicelib.errors import OutcomeUnknown, Unavailable, WriteConflict, WriteRefused

T = TypeVar("T")

# The budget unless a caller says otherwise: with the SDK's one repeat for each try, at most
# about ten seconds.
TRIES: Final = 8
NO_LIMIT: Final = sys.maxsize  # of tries: the time ends them
WRITE_FAILED: Final = (WriteRefused, WriteConflict, OutcomeUnknown)
# After any of these only a new read can tell what stands.
COME_AGAIN: Final = (*WRITE_FAILED, Unavailable)


def no_end() -> float:
    return math.inf


def reading(
    read: Callable[[], T], pause: Callable[[int], None], time_left: Callable[[], float]
) -> T:
    """Reads again what is throttled or does not answer. Raises as `read`."""
    return retrying(lambda _: read(), pause, on=(Unavailable,), time_left=time_left)


def retrying(
    action: Callable[[int], T],
    pause: Callable[[int], None],
    tries: int = TRIES,
    on: tuple[type[Exception], ...] = COME_AGAIN,
    time_left: Callable[[], float] = no_end,
) -> T:
    """Gives what `action(attempt)` gives. Raises Unavailable after all tries, and when no
    time is left for another one: `time_left` gives seconds."""
    for attempt in range(tries):
        if attempt and time_left() <= 0:
            break
        try:
            return action(attempt)
        except on:
            pause(attempt)
    raise Unavailable
