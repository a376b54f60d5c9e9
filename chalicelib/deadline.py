"""The time that a function has left. Whoever answers sets it. Every retry asks for it, and so does
every call of AWS before it begins: an answer in time is worth more than another try."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from chalicelib.errors import OutOfTime
from chalicelib.retry import TIME_LEFT, time_left

# Seconds: two tries of a table or a secret, each a connection and an answer that does not come,
# and the pause between them.
LONGEST_CALL_S: Final = 11.0
# For making an answer of what is known by then.
ANSWERING_S: Final = 1.0
# Of the function that answers people and clients, where Lambda does not tell.
FUNCTION_S: Final = 20.0
# The longest time-out of any function that reads the clock once. A reader of changes waits so long
# for a writer. Jobs that have more time read the clock anew for each thing that they write.
LONGEST_FUNCTION_S: Final = 60.0

clock = time.monotonic


def for_at_most(seconds: float) -> Callable[[], float]:
    """What is left of `seconds` from now on, or of the function's time if that is less."""
    end = clock() + seconds
    return lambda: min(end - clock(), time_left())


@contextmanager
def in_time(context: Any, at_most: float = math.inf) -> Iterator[None]:
    """`context` is Lambda's, or None. `at_most` is how long the function may run, in seconds."""
    end, reserved = clock() + at_most, LONGEST_CALL_S + ANSWERING_S

    def left() -> float:
        told = context.get_remaining_time_in_millis() / 1000 if context else math.inf
        return float(min(told, end - clock()) - reserved)

    before = TIME_LEFT.set(left)
    try:
        yield
    finally:
        TIME_LEFT.reset(before)


def refuse_late(**_: Any) -> None:
    """Raises OutOfTime."""
    if time_left() <= 0:
        raise OutOfTime
