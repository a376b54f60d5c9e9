"""The box of a sealed survey is opened once, at its first ask."""

import pytest

from chalicelib.ballots.open_box import OpenBoxNeeds, open_box
from chalicelib.errors import Conflict
from tests.support.ballots import ANONYMOUS, CONFIDENTIAL, Sealed, no_pause
from tests.support.table_faults import Crash, heal


def test_it_holds_what_is_fixed_from_then_on() -> None:
    sealed = Sealed().open("site=Oslo", "site=Bergen")
    box = sealed.store.box(ANONYMOUS.id)
    assert box
    assert (box.identity, box.smallest_group, box.closes_on) == ("anonymous", 5, "2026-12-18")
    assert box.groups == ("site=Oslo", "site=Bergen")
    assert len(box.board) == 26


def test_opening_it_again_changes_nothing() -> None:
    sealed = Sealed().open("site=Oslo")
    keys, before = sealed.keys, dict(sealed.ballots.items)
    sealed.open("site=Bergen", "site=Oslo")
    assert (sealed.keys, sealed.ballots.items) == (keys, before)


@pytest.mark.parametrize("side", ["before", "after"])
def test_whoever_comes_after_a_crash_opens_it(side: str) -> None:
    for part in ("ballots", "secrets"):
        sealed = Sealed(CONFIDENTIAL)

        def end(operation: str) -> None:
            raise Crash

        setattr(getattr(sealed, part), side, end)
        with pytest.raises(Crash):
            sealed.open()
        heal(sealed.ballots)
        sealed.secrets.before = sealed.secrets.after = lambda operation: None
        sealed.open()
        assert not sealed.cast("a" * 26, 7).is_held


def test_two_who_open_it_at_once_have_one_board_and_one_set_of_keys() -> None:
    sealed = Sealed()

    def other(operation: str) -> None:
        sealed.secrets.before = lambda operation: None
        sealed.open()

    sealed.secrets.before = other
    needs = OpenBoxNeeds(sealed.store, sealed.key_store, no_pause)
    assert open_box(ANONYMOUS, [], needs) == sealed.store.box(ANONYMOUS.id)
    assert len(sealed.secrets.stored) == 1


def test_it_has_no_more_groups_than_a_link_can_tell_apart() -> None:
    with pytest.raises(Conflict):
        Sealed().open(*(f"site={number}" for number in range(257)))
