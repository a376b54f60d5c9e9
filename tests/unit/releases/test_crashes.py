"""A release or a close may end at any call. Run again, it ends as if nothing had happened: each
ballot is published once or is kept."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache

import pytest

from chalicelib.errors import HeedError, OutcomeUnknown, Unavailable, WriteConflict
from tests.support.ballots import ANONYMOUS, CONFIDENTIAL, Sealed, full
from tests.support.counting import counted_again
from tests.support.recount import out_of_place, recounted, tallied
from tests.support.table_faults import WRITES, Crash

BALLOTS = 47  # two blocks of a release, and one of the close
SURVEYS = {survey.id: survey for survey in (ANONYMOUS, CONFIDENTIAL)}
WRITING = (*WRITES, "make", "destroy")
Run = Callable[[Sealed], object]


@cache
def filled(survey: str) -> Sealed:
    return full(BALLOTS, Sealed(SURVEYS[survey]).open())


def anonymous(survey: str = ANONYMOUS.id) -> Sealed:
    sealed, made = Sealed(SURVEYS[survey]), filled(survey)
    sealed.ballots.items = dict(made.ballots.items)
    sealed.secrets.stored = dict(made.secrets.stored)
    return sealed


def confidential() -> Sealed:
    return anonymous(CONFIDENTIAL.id)


def at_each_call(sealed: Sealed, side: str, act: Callable[[str], None]) -> None:
    for part in (sealed.ballots, sealed.heed, sealed.secrets):
        setattr(part, side, act)


def heal(sealed: Sealed) -> None:
    for side in ("before", "after"):
        at_each_call(sealed, side, lambda operation: None)


def fails_at(number: int, error: type[BaseException]) -> Callable[[str], None]:
    numbers: Iterator[int] = iter(range(1, 100_000))

    def fail(operation: str) -> None:
        fits = operation in WRITING or error in (Crash, Unavailable)
        if next(numbers) == number and fits:
            raise error

    return fail


def calls_of(make: Callable[[], Sealed], run: Run) -> int:
    sealed, made = make(), list[str]()
    at_each_call(sealed, "before", made.append)
    run(sealed)
    return len(made)


def hold(sealed: Sealed) -> None:
    """Whatever is half done, no answer is there twice, and none is nowhere."""
    items = sealed.heed.items.values()
    assert tallied(items) == recounted(items) == counted_again(items)
    assert out_of_place(items) == []
    published = {item["comment"] for item in sealed.results()}
    assert len(sealed.results()) == len(published) == sum(len(b["rows"]) for b in sealed.boards())
    in_box = {ballot.comment for ballot in sealed.waiting()}
    assert published | in_box == {f"word {number}" for number in range(BALLOTS)}
    for board in sealed.boards():
        assert len(board["rows"]) >= 5


def released(sealed: Sealed) -> None:
    sealed.later(days=1)
    sealed.release()


def closed(sealed: Sealed) -> None:
    sealed.close()
    sealed.later(minutes=2)
    sealed.close()


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("make", [anonymous, confidential])
@pytest.mark.parametrize("run", [released, closed])
def test_a_crash_at_any_call_loses_and_doubles_no_ballot(
    make: Callable[[], Sealed], run: Run, side: str
) -> None:
    calls = calls_of(make, run)
    assert calls >= 15
    for number in range(1, calls + 1):
        sealed = make()
        at_each_call(sealed, side, fails_at(number, Crash))
        with suppress(Crash):
            run(sealed)
        heal(sealed)
        hold(sealed)
        run(sealed)
        hold(sealed)
        run(sealed)
        assert len(sealed.results()) == BALLOTS if run is closed else len(sealed.results()) >= 40
        assert (sealed.record() is not None) == (run is closed)
        assert bool(sealed.secrets.stored) == (run is released)


@pytest.mark.parametrize("error", [OutcomeUnknown, WriteConflict, Unavailable])
@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("run", [released, closed])
def test_a_call_that_fails_or_whose_answer_is_lost_is_made_again(
    run: Run, side: str, error: type[HeedError]
) -> None:
    if side == "after" and error is not OutcomeUnknown:
        return
    for number in range(1, calls_of(anonymous, run) + 1):
        sealed = anonymous()
        at_each_call(sealed, side, fails_at(number, error))
        with suppress(HeedError):
            run(sealed)
        heal(sealed)
        hold(sealed)
        run(sealed)
        run(sealed)
        hold(sealed)
        assert len(sealed.results()) == BALLOTS if run is closed else len(sealed.results()) >= 40


def test_two_runs_at_once_do_the_work_once() -> None:
    """The second begins at each call of the first."""
    for run in (released, closed):
        for number in range(1, calls_of(anonymous, run) + 1):
            sealed = anonymous()
            meanwhile(sealed, number, run)
            with suppress(HeedError):
                run(sealed)
            hold(sealed)
            run(sealed)
            hold(sealed)


def meanwhile(sealed: Sealed, number: int, run: Run) -> None:
    numbers = iter(range(1, 100_000))

    def act(operation: str) -> None:
        if next(numbers) == number:
            heal(sealed)
            run(sealed)

    at_each_call(sealed, "before", act)
