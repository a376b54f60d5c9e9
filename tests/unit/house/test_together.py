"""Reads side by side: in order, at most so many at once, each with the time that is left."""

import threading
from functools import partial

import pytest

from chalicelib.aws.together import AT_ONCE, together
from chalicelib.errors import Unavailable
from chalicelib.retry import TIME_LEFT, time_left


def test_what_they_give_comes_in_their_order() -> None:
    assert together([partial(int, str(number)) for number in range(50)]) == list(range(50))
    assert together([]) == []


def test_so_many_run_at_once_that_each_has_a_connection() -> None:
    meeting = threading.Barrier(AT_ONCE, timeout=10)
    assert len(together([meeting.wait] * AT_ONCE)) == AT_ONCE


def test_one_that_fails_fails_them_all() -> None:
    def fail() -> None:
        raise Unavailable

    with pytest.raises(Unavailable):
        together([lambda: None, fail])


def test_each_knows_the_time_that_is_left() -> None:
    token = TIME_LEFT.set(lambda: 4.5)
    try:
        assert together([time_left, time_left]) == [4.5, 4.5]
    finally:
        TIME_LEFT.reset(token)
