"""What the bus is told of a sealed survey: of each block, and of nobody."""

import json

from chalicelib.ballots.ballot import read_code
from chalicelib.events import AnswersReleased
from chalicelib.publish import events_of
from chalicelib.responses.receipt import withdraw
from chalicelib.table import Item
from tests.support.ballots import full

FACTS = {"id": "event", "occurred_at": "2026-11-20T13:45:10.000Z"}


def told(old: Item, new: Item) -> list[str]:
    return [event.model_dump_json() for event in events_of(FACTS, old, new)]


def test_each_block_is_one_event() -> None:
    sealed = full(60)
    sealed.release()
    first, _ = sealed.boards()
    (event,) = events_of(FACTS, {}, first)
    unhappy = sum(score <= 6 for _, score in first["rows"])
    assert event == AnswersReleased(
        **FACTS, survey=sealed.survey.id, release=1, answers=40, unhappy=unhappy, with_words=40
    )


def test_no_event_tells_of_a_ballot_a_result_or_a_receipt() -> None:
    """A24."""
    sealed = full(23)
    code = read_code(sealed.cast("me", 0, "mine").code)
    rows = sealed.rows()
    sealed.release()
    before = {item["id"]: item for item in sealed.results()}
    assert not [event for item in before.values() for event in told({}, item)]
    withdraw(sealed.survey, code, sealed.now, sealed.by_receipt)
    for item in sealed.results():
        assert told(before[item["id"]], item) == []
        assert told(item, {**item, "gone": True}) == []
    everything = json.dumps([told({}, board) for board in sealed.boards()])
    names = {row[name] for row in rows for name in ("receipt", "salt", "comment")}
    assert not [name for name in names if name in everything]
    (board,) = {row["PK"] for row in sealed.boards()}
    assert board.partition("#")[2] not in everything


def test_a_board_that_is_written_again_or_closed_is_no_event() -> None:
    sealed = full(12)
    sealed.close_all()
    (board,) = sealed.boards()
    assert told(board, board) == []
    record = sealed.record()
    assert record
    assert told({}, record) == []
