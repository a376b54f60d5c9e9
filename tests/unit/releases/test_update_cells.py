"""The ledger of cells, as the job that publishes writes it."""

import pytest

from chalicelib import ids
from chalicelib.disclosure.store import CellStore, Ledger
from chalicelib.errors import Unavailable, WriteRefused
from chalicelib.releases.store import ReleaseStore
from chalicelib.releases.update_cells import UpdateCellsNeeds, update_cells
from chalicelib.responses.store import ResponseStore
from tests.support.ballots import CONFIDENTIAL, Sealed, no_pause

OSLO, BERGEN = ("site=Oslo",), ("site=Bergen",)


class Voting:
    """People of two sites, each with a number of their own."""

    def __init__(self) -> None:
        self.sealed = Sealed(CONFIDENTIAL).open(*OSLO, *BERGEN)
        self.voted = 0

    def vote(self, count: int, groups: tuple[str, ...]) -> None:
        for number in range(self.voted, self.voted + count):
            who = ids.derived_id(str(number))
            self.sealed.cast(who, (3, 9)[number % 2], f"word {number}", groups=groups)
        self.voted += count

    @property
    def needs(self) -> UpdateCellsNeeds:
        heed = self.sealed.heed
        releases = ReleaseStore(self.sealed.ballots, heed)
        ballots, cells = self.sealed.store, CellStore(heed)
        return UpdateCellsNeeds(ballots, cells, releases, ResponseStore(heed), no_pause)

    def release(self) -> None:
        self.sealed.later(days=1)
        self.sealed.release()
        update_cells(CONFIDENTIAL, self.needs)

    def shown(self) -> dict[str, int]:
        cells = CellStore(self.sealed.heed).ledger(CONFIDENTIAL.id).cells
        return {
            value: sum(counts.values())
            for dimension in cells.values()
            for value, counts in dimension.cells.items()
        }


@pytest.fixture
def voting() -> Voting:
    return Voting()


def test_cells_are_let_out_after_a_release(voting: Voting) -> None:
    voting.vote(6, OSLO)
    voting.vote(7, BERGEN)
    voting.release()
    assert voting.shown() == {"Oslo": 6, "Bergen": 7}


def test_cells_stay_until_each_has_grown_by_k(voting: Voting) -> None:
    voting.vote(6, OSLO)
    voting.vote(7, BERGEN)
    voting.release()
    voting.vote(2, OSLO)
    voting.vote(6, BERGEN)
    voting.release()
    assert voting.shown() == {"Oslo": 6, "Bergen": 7}
    voting.vote(6, OSLO)
    voting.vote(5, BERGEN)
    voting.release()
    assert voting.shown() == {"Oslo": 14, "Bergen": 18}


def test_a_second_run_changes_nothing(voting: Voting) -> None:
    voting.vote(6, OSLO)
    voting.vote(7, BERGEN)
    voting.release()
    before = dict(voting.sealed.heed.items)
    update_cells(CONFIDENTIAL, voting.needs)
    assert voting.sealed.heed.items == before


def test_an_index_that_is_late_lets_nothing_out(voting: Voting) -> None:
    voting.vote(13, OSLO)
    voting.sealed.release()
    heed = voting.sealed.heed
    result = next(key for key in heed.items if key.sk == "RESPONSE")
    del heed.items[result]
    with pytest.raises(Unavailable):
        update_cells(CONFIDENTIAL, voting.needs)


def test_two_runs_at_once_forget_nothing_that_was_shown(voting: Voting) -> None:
    voting.vote(6, OSLO)
    voting.vote(7, BERGEN)
    voting.release()
    cells = CellStore(voting.sealed.heed)
    stands = cells.ledger(CONFIDENTIAL.id)
    with pytest.raises(WriteRefused):
        cells.write(CONFIDENTIAL.id, stands, over=Ledger({}))
