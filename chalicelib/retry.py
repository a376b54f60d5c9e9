"""The only retry loop. A caller whose write may have failed tries again: it reads what is stored
now and decides anew."""

import math
import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final, TypeVar

from chalicelib.errors import (
    OutcomeUnknown,
    OutOfTime,
    Unavailable,
    WriteConflict,
    WriteRefused,
)

T = TypeVar("T")

# The usual budget. With one repeat by the SDK for each try, it ends after about ten seconds.
TRIES: Final = 8
# Of an answer. When 2,000 a second meet on one survey, one of three tries is in vain.
ANSWER_TRIES: Final = 12
FIRST_PAUSE_S: Final = 0.02
LONGEST_PAUSE_S: Final = 0.5
NO_LIMIT: Final = sys.maxsize  # of tries: the time ends them
WRITE_FAILED: Final = (WriteRefused, WriteConflict, OutcomeUnknown)
# After any of these only a new read can tell what is stored.
WORTH_A_RETRY: Final = (*WRITE_FAILED, Unavailable)


def no_limit() -> float:
    return math.inf


# What the function has left. chalicelib/deadline.py sets it.
TIME_LEFT: Final[ContextVar[Callable[[], float]]] = ContextVar("time_left", default=no_limit)


def time_left() -> float:
    """Seconds in which the function may begin another call."""
    return TIME_LEFT.get()()


def longest_pause(attempt: int) -> float:
    """In seconds."""
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * float(2**attempt))


def reading(
    read: Callable[[], T],
    pause: Callable[[int], None],
    time_left: Callable[[], float] = no_limit,
) -> T:
    """Reads again what is throttled or does not answer. Raises as `read`."""
    return retrying(lambda _: read(), pause, on=(Unavailable,), time_left=time_left)


def retrying(
    action: Callable[[int], T],
    pause: Callable[[int], None],
    tries: int = TRIES,
    on: tuple[type[Exception], ...] = WORTH_A_RETRY,
    time_left: Callable[[], float] = no_limit,
) -> T:
    """Gives what `action(attempt)` gives. Raises Unavailable after all tries, or when no time is
    left for another try; its cause is the last failure. `time_left` gives seconds, and ends
    the tries before the function's own time does."""
    last: Exception | None = None
    for attempt in range(tries):
        if attempt and min(time_left(), TIME_LEFT.get()()) <= 0:
            break
        try:
            return action(attempt)
        except OutOfTime:
            raise
        except on as error:
            last = error
            pause(attempt)
    raise Unavailable from last
