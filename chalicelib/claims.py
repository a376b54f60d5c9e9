"""A call of another service is claimed on its item before it is made, so that two runs do not make
it at once. What became of it is noted with more tries than other writes, since a note that is lost
makes the call a second time."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final

from chalicelib import ids, moments
from chalicelib.errors import (
    HeedError,
    OutcomeUnknown,
    Unavailable,
    WriteConflict,
    WriteRefused,
)
from chalicelib.retry import retrying
from chalicelib.table import Item

NOTE_TRIES: Final = 30
UNWRITTEN: Final = (WriteConflict, OutcomeUnknown)

Pause = Callable[[int], None]
TimeLeft = Callable[[], float]  # in seconds


class StillClaimed(HeedError):
    """Another run is making this call. Try again later."""


class NoTimeLeft(HeedError):
    """The call might be cut off by the end of the function. Try again later."""


def refuse_claimed(item: Item, now: datetime) -> None:
    """Raises StillClaimed. A claim that is over was broken off."""
    if item.get("claimed_until", "") > moments.to_text(now):
        raise StillClaimed


def refuse_late(longest_s: float, time_left: TimeLeft) -> None:
    """`longest_s`: how long the call may take. Raises NoTimeLeft."""
    if time_left() < longest_s:
        raise NoTimeLeft


def claim(write: Callable[[str], None], longest_s: float, pause: Pause, left: TimeLeft) -> None:
    """`write` takes the name of the claim. Nobody else writes it, so a lost answer is known from
    another run's claim. Raises StillClaimed."""
    name = ids.new_id()
    try:
        retrying(lambda _: write(name), pause, on=UNWRITTEN, time_left=lambda: left() - longest_s)
    except WriteRefused as error:
        if (error.current or {}).get("claim") != name:
            raise StillClaimed from error


def note(write: Callable[[int], None], pause: Pause, time_left: TimeLeft) -> None:
    """A refusal means that it is noted, by our own lost try or by another run."""
    with suppress(WriteRefused):
        write_often(write, pause, time_left)


def write_often(write: Callable[[int], None], pause: Pause, time_left: TimeLeft) -> None:
    """`write` takes the number of the try. Raises WriteRefused and, after all tries or the
    time, Unavailable."""
    retrying(write, pause, NOTE_TRIES, (*UNWRITTEN, Unavailable), time_left)
