"""A conversation about a published answer, on the fake table."""

import pytest

from chalicelib.ballots.conversation import MOST, Conversation, Message, Side, said
from chalicelib.ballots.conversation_store import ConversationStore
from chalicelib.ballots.memory import BallotMemory, Remembered
from chalicelib.errors import Conflict, WriteRefused
from tests.support.ballots import CONFIDENTIAL, Sealed
from tests.support.fakes import FakeTable

EMPTY = Conversation("it-2026", "a" * 26)


def message(text: str, by: Side = Side.TEAM, day: str = "2026-11-20") -> Message:
    return Message(by, day, text)


def test_it_is_stored_and_found() -> None:
    store = ConversationStore(FakeTable())
    after = said(EMPTY, message("Hello"))
    store.put(EMPTY, after)
    assert store.find("it-2026", "a" * 26) == after
    assert store.page("it-2026", 10, None) == ([after], None)


def test_of_two_who_write_at_once_one_has_to_read_again() -> None:
    store = ConversationStore(FakeTable())
    store.put(EMPTY, said(EMPTY, message("One")))
    with pytest.raises(WriteRefused):
        store.put(EMPTY, said(EMPTY, message("Two")))


def test_nothing_is_said_after_its_end_however_late() -> None:
    store = ConversationStore(FakeTable())
    store.end("it-2026", "a" * 26)
    with pytest.raises(WriteRefused):
        store.put(EMPTY, said(EMPTY, message("Late")))
    with pytest.raises(Conflict):
        said(store.find("it-2026", "a" * 26), message("Late"))


def test_it_has_an_end_and_says_nothing_twice() -> None:
    full = EMPTY
    for number in range(MOST):
        full = said(full, message(str(number)))
    assert said(full, message(str(MOST - 1))) is full
    with pytest.raises(Conflict):
        said(full, message("more"))


def test_the_team_is_told_from_the_day_on() -> None:
    both = said(said(EMPTY, message("Hello")), message("Hi", Side.PERSON, "2026-11-21"))
    assert len(both.told_to_team("2026-11-20")) == 1
    assert len(both.told_to_team("2026-11-21")) == 2


def test_an_erasure_takes_it_away() -> None:
    sealed = Sealed(CONFIDENTIAL).open()
    store = ConversationStore(sealed.ballots)
    empty = Conversation("it-quiet", "b" * 26)
    store.put(empty, said(empty, message("Hello")))
    memory = BallotMemory(sealed.ballots)
    sealed.cast("c" * 25 + "a", 3)
    key = next(key for key in sealed.ballots.items if key.sk.startswith("BALLOT#"))
    sealed.ballots.items[key] = {"PK": key.pk, "SK": key.sk, "done": True, "result": "b" * 26}
    memory.forget("it-quiet", key.sk.partition("#")[2], Remembered(result="b" * 26))
    assert store.find("it-quiet", "b" * 26).ended
