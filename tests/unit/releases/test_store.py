"""Each step of a release is refused when the box is not as it was read."""

from collections.abc import Callable
from functools import partial

import pytest
from msgspec.structs import replace

from chalicelib import sealed_keys
from chalicelib.ballots.ballot import Ballot, read_code
from chalicelib.ballots.box import Box
from chalicelib.ballots.receipts import withdraw_ballot
from chalicelib.errors import BallotPublished, HeedError, WriteRefused
from chalicelib.releases.plan import Plan
from chalicelib.table import Item, Put
from tests.support.ballots import Sealed, full
from tests.support.table_faults import Crash, heal


def box_of(sealed: Sealed) -> Box:
    box = sealed.store.box(sealed.survey.id)
    assert box
    return box


def take(sealed: Sealed, box: Box, ballots: list[Ballot]) -> None:
    ids = tuple(ballot.id for ballot in ballots)
    plan = Plan(sealed.survey.id, box.releases + 1, "2026-11-20", ids)
    sealed.release_needs.releases.take(plan, ballots, box)


def interrupted_release(sealed: Sealed) -> None:
    """It ends when the ballots are taken."""

    def end(operation: str) -> None:
        raise Crash

    sealed.ballots.after = end
    with pytest.raises(Crash):
        sealed.release()
    heal(sealed.ballots)


def at_write(sealed: Sealed, act: Callable[[], None]) -> None:
    def run(operation: str) -> None:
        if operation == "write":
            heal(sealed.ballots)
            act()

    sealed.ballots.before = run


def test_a_block_is_not_taken_after_another_release() -> None:
    sealed = full(20)
    stale, waiting = box_of(sealed), sealed.waiting()
    sealed.release()
    left = [ballot for ballot in waiting if ballot in sealed.waiting()]
    with pytest.raises(WriteRefused):
        take(sealed, stale, left)
    assert sealed.waiting() == left


def test_a_block_is_not_taken_while_another_is() -> None:
    sealed = full(20)
    waiting = sealed.waiting()
    take(sealed, box_of(sealed), waiting[:5])
    with pytest.raises(WriteRefused):
        take(sealed, box_of(sealed), waiting[5:10])


def test_a_block_is_not_taken_when_one_of_its_ballots_changed() -> None:
    sealed = full(20)
    box, waiting = box_of(sealed), sealed.waiting()
    sealed.cast("0", 10)
    changed = replace(waiting[0], salt=b"another")
    with pytest.raises(WriteRefused):
        take(sealed, box, [changed, *waiting[1:5]])
    assert not [ballot for ballot in sealed.waiting() if ballot.taken]


def test_what_stands_under_the_number_of_a_release_is_never_taken_for_another_block() -> None:
    sealed = full(20)
    foreign: Item = {**sealed_keys.release(box_of(sealed).board, 1).as_item(), "rows": [["x", 1]]}
    sealed.heed.write(Put(foreign))
    with pytest.raises(HeedError):
        sealed.release()
    assert len(sealed.waiting()) == 20
    assert sealed.results() == []


@pytest.mark.parametrize("what", ["edit", "withdrawal"])
def test_what_read_a_ballot_before_it_was_taken_changes_it_no_more(what: str) -> None:
    for _ in range(12):  # chance takes the ballot or leaves it
        sealed = full(12)
        code = read_code(sealed.cast("me", 1, "first").code)
        at_write(sealed, partial(interrupted_release, sealed))
        is_refused = False
        try:
            if what == "edit":
                sealed.cast("me", 10, "edited")
            else:
                withdraw_ballot(sealed.survey.id, code, sealed.receipts)
        except BallotPublished:
            is_refused = True
        sealed.later(days=1)
        sealed.close_all()
        words = [item["comment"] for item in sealed.results()]
        assert words.count("first") == is_refused
        assert len(words) == 13 - (what == "withdrawal" and not is_refused)
