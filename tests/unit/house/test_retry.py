from collections.abc import Callable

import pytest

from chalicelib.errors import LinkRejected, OutcomeUnknown, Unavailable, WriteConflict
from chalicelib.retry import TRIES, WORTH_A_RETRY, retrying


class Flaky:
    """Raises what it was told to, one after the other, and then gives the attempt."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.attempts: list[int] = []
        self.pauses: list[int] = []

    def action(self, attempt: int) -> int:
        self.attempts.append(attempt)
        if self.errors:
            raise self.errors.pop(0)
        return attempt

    def pause(self, attempt: int) -> None:
        self.pauses.append(attempt)


def test_an_action_that_works_runs_once_without_a_pause() -> None:
    flaky = Flaky()
    assert retrying(flaky.action, flaky.pause) == 0
    assert (flaky.attempts, flaky.pauses) == ([0], [])


def test_each_failure_is_followed_by_a_pause_and_another_try() -> None:
    flaky = Flaky(WriteConflict(), OutcomeUnknown())
    assert retrying(flaky.action, flaky.pause) == 2
    assert (flaky.attempts, flaky.pauses) == ([0, 1, 2], [0, 1])


@pytest.mark.parametrize("tries", [1, 3, TRIES])
def test_after_all_tries_it_is_unavailable(tries: int) -> None:
    flaky = Flaky(*(WriteConflict() for _ in range(tries)))
    with pytest.raises(Unavailable):
        retrying(flaky.action, flaky.pause, tries)
    assert len(flaky.attempts) == tries


def test_an_error_that_no_new_try_mends_is_raised_at_once() -> None:
    flaky = Flaky(LinkRejected())
    with pytest.raises(LinkRejected):
        retrying(flaky.action, flaky.pause)
    assert flaky.attempts == [0]


def test_a_caller_may_name_fewer_errors() -> None:
    assert Unavailable in WORTH_A_RETRY
    flaky = Flaky(Unavailable(), Unavailable())
    with pytest.raises(Unavailable):
        retrying(flaky.action, flaky.pause, on=(WriteConflict,))
    assert flaky.attempts == [0]


@pytest.mark.parametrize(("seconds", "attempts"), [([5.0, 0.0], 2), ([-1.0], 1)])
def test_no_try_begins_when_no_time_is_left(seconds: list[float], attempts: int) -> None:
    flaky = Flaky(*(WriteConflict() for _ in range(TRIES)))
    left: Callable[[], float] = iter(seconds).__next__
    with pytest.raises(Unavailable):
        retrying(flaky.action, flaky.pause, time_left=left)
    assert len(flaky.attempts) == attempts


def test_the_first_try_is_always_made() -> None:
    flaky = Flaky()
    assert retrying(flaky.action, flaky.pause, time_left=lambda: 0.0) == 0
