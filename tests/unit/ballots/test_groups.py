"""The groups of a confidential survey are known outside its box, and read once."""

import pytest

from chalicelib import sealed_keys
from chalicelib.ballots.groups import GroupStore, KnownGroups
from chalicelib.ballots.open_box import OpenBoxNeeds
from tests.support.ballots import CONFIDENTIAL, Sealed, no_pause
from tests.support.table_faults import Crash, heal

LISTED = ("site=Oslo", "site=Bergen")


class Function:
    """Its memory, over the tables of a survey."""

    def __init__(self, sealed: Sealed) -> None:
        self.needs = OpenBoxNeeds(sealed.store, sealed.key_store, no_pause)
        self.known = KnownGroups(GroupStore(sealed.heed))

    def ask(self, *listed: str) -> tuple[str, ...]:
        return self.known.of_box(CONFIDENTIAL, listed, lambda: self.needs)


def test_they_are_those_of_the_first_ask_for_every_function() -> None:
    sealed = Sealed(CONFIDENTIAL)
    assert Function(sealed).known.find(CONFIDENTIAL.id) is None
    assert Function(sealed).ask(*LISTED) == LISTED
    later = Function(sealed)
    assert later.ask("site=Elsewhere") == LISTED
    assert later.known.find(CONFIDENTIAL.id) == LISTED
    assert Function(sealed).known.find(CONFIDENTIAL.id) == LISTED


def test_a_function_reads_them_once() -> None:
    sealed, read = Sealed(CONFIDENTIAL), list[str]()
    function = Function(sealed)
    assert function.known.find(CONFIDENTIAL.id) is None
    function.ask()
    sealed.ballots.before = sealed.heed.before = read.append
    assert (function.ask(), function.known.find(CONFIDENTIAL.id), read) == ((), (), [])


def test_another_function_reads_the_box_and_writes_nothing() -> None:
    sealed, called = Sealed(CONFIDENTIAL), list[str]()
    Function(sealed).ask(*LISTED)
    sealed.ballots.before = sealed.heed.before = called.append
    Function(sealed).ask()
    assert called == ["get"]


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("part", ["ballots", "secrets", "heed"])
def test_whoever_comes_after_a_crash_tells_them(part: str, side: str) -> None:
    sealed = Sealed(CONFIDENTIAL)

    def end(operation: str) -> None:
        raise Crash

    setattr(getattr(sealed, part), side, end)
    with pytest.raises(Crash):
        Function(sealed).ask(*LISTED)
    for table in (sealed.ballots, sealed.heed):
        heal(table)
    sealed.secrets.before = sealed.secrets.after = lambda operation: None
    assert Function(sealed).ask(*LISTED) == LISTED
    box = sealed.store.box(CONFIDENTIAL.id)
    assert box
    assert (box.groups, box.told) == (LISTED, True)
    assert Function(sealed).known.find(CONFIDENTIAL.id) == LISTED


def test_what_is_told_has_a_box_and_keys() -> None:
    sealed = Sealed(CONFIDENTIAL)

    def look(operation: str) -> None:
        if operation == "write":
            assert sealed.keys
            assert sealed.store.box(CONFIDENTIAL.id)

    sealed.heed.before = look
    Function(sealed).ask(*LISTED)
    assert sealed_keys.groups(CONFIDENTIAL.id) in sealed.heed.items
