"""A vote may end at any call, come a hundred times at once, or meet a release: there is one ballot,
and nothing that was confirmed is lost."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from chalicelib.ballots.ballot import read_code
from chalicelib.ballots.receipts import withdraw_ballot
from chalicelib.errors import BallotPublished, HeedError, OutcomeUnknown, Unavailable, WriteConflict
from tests.support.ballots import Sealed, full
from tests.support.table_faults import WRITES, Crash, heal


def at_call(number: int, act: Callable[[str], None]) -> Callable[[str], None]:
    numbers: Iterator[int] = iter(range(1, 1000))
    return lambda operation: act(operation) if next(numbers) == number else None


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("error", [Crash, OutcomeUnknown, WriteConflict, Unavailable])
@pytest.mark.parametrize("earlier", [None, 3])
def test_a_vote_that_fails_anywhere_is_there_once_or_not_at_all(
    side: str, number: int, error: type[BaseException], earlier: int | None
) -> None:
    sealed = Sealed().open()
    if earlier is not None:
        sealed.cast("person", earlier, "Slow.")

    def fail(operation: str) -> None:
        if operation in WRITES or error in (Crash, Unavailable):
            raise error

    setattr(sealed.ballots, side, at_call(number, fail))
    with suppress(Crash, HeedError):
        sealed.cast("person", 9, "Fast.")
    heal(sealed.ballots)
    assert [ballot.score for ballot in sealed.waiting()] in ([], [9], [3])
    given = sealed.cast("person", 9, "Fast.")
    assert sealed.cast("person", 9, "Fast.") == given
    assert [(ballot.score, ballot.comment) for ballot in sealed.waiting()] == [(9, "Fast.")]


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("other", [9, 2])
def test_a_vote_that_meets_another_of_the_same_person_leaves_one(number: int, other: int) -> None:
    sealed = Sealed().open()
    meets(sealed, number, lambda: sealed.cast("person", other))
    given = sealed.cast("person", 9)
    (ballot,) = sealed.waiting()
    assert ballot.score in (9, other)
    assert given.score == 9


def meets(sealed: Sealed, number: int, act: Callable[[], object]) -> None:
    def run(operation: str) -> None:
        heal(sealed.ballots)
        act()

    sealed.ballots.before = at_call(number, run)


@pytest.mark.parametrize("number", range(1, 12))
def test_an_edit_that_meets_a_release_is_in_its_block_or_refused(number: int) -> None:
    """The edit comes at each call of the release."""
    for _ in range(4):  # chance takes the ballot or leaves it
        sealed, told = full(10), list[str]()

        def edit(sealed: Sealed = sealed, told: list[str] = told) -> None:
            try:
                sealed.cast("0", 10, "edited")
                told.append("recorded")
            except BallotPublished:
                told.append("refused")

        sealed.cast("0", 1, "first")  # the eleventh person
        meets(sealed, number, edit)
        sealed.release()
        sealed.later(days=1)
        heal(sealed.ballots)
        sealed.close_all()
        words = [item["comment"] for item in sealed.results()]
        assert len(words) == 11
        assert words.count("edited") == told.count("recorded")
        assert words.count("first") == 1 - told.count("recorded")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_release_that_meets_an_edit_takes_it_or_refuses_it(number: int) -> None:
    """The release comes at each call of the edit."""
    for _ in range(4):
        sealed = full(10)
        sealed.cast("0", 1, "first")
        meets(sealed, number, sealed.release)
        told = "recorded"
        try:
            sealed.cast("0", 10, "edited")
        except BallotPublished:
            told = "refused"
        sealed.later(days=1)
        heal(sealed.ballots)
        sealed.close_all()
        words = [item["comment"] for item in sealed.results()]
        assert (words.count("edited"), words.count("first")) == (
            (1, 0) if told == "recorded" else (0, 1)
        )


@pytest.mark.parametrize("number", range(1, 12))
def test_a_withdrawal_that_meets_a_release_is_never_half_done(number: int) -> None:
    for _ in range(4):
        sealed, told = full(10), list[bool]()
        code = read_code(sealed.cast("0", 1, "mine").code)

        def take(sealed: Sealed = sealed, told: list[bool] = told, code: bytes = code) -> None:
            with suppress(BallotPublished):
                told.append(withdraw_ballot(sealed.survey.id, code, sealed.receipts))

        meets(sealed, number, take)
        sealed.release()
        sealed.later(days=1)
        heal(sealed.ballots)
        sealed.close_all()
        words = [item["comment"] for item in sealed.results()]
        assert words.count("mine") == (0 if True in told else 1)
