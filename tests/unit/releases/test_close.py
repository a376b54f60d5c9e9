"""A sealed survey is closed: the rest is published, and nothing leads back."""

import pytest

from chalicelib import keys, sealed_keys
from chalicelib.ballots.box import BoxState
from chalicelib.errors import BallotsClosed, BallotsMiscounted
from chalicelib.table import Delete
from tests.support.ballots import BY_SCRIPT, CONFIDENTIAL, Sealed, full
from tests.support.counting import counted_again
from tests.support.recount import recounted, tallied


def state(sealed: Sealed) -> BoxState:
    box = sealed.store.box(sealed.survey.id)
    assert box
    return box.state


def test_a_survey_is_frozen_for_a_minute_before_the_rest_is_moved() -> None:
    sealed = full(12)
    sealed.close()
    sealed.later(seconds=59)
    sealed.close()
    assert (state(sealed), sealed.results()) == (BoxState.FROZEN, [])
    sealed.later(seconds=1)
    sealed.close()
    assert (state(sealed), len(sealed.results())) == (BoxState.CLOSED, 12)


def test_a_frozen_survey_takes_no_ballot() -> None:
    sealed = full(12)
    sealed.close()
    with pytest.raises(BallotsClosed):
        sealed.cast("late", 3)
    assert len(sealed.waiting()) == 12


@pytest.mark.parametrize("count", [5, 9, 10, 40, 41, 47, 60])
def test_everything_is_published_where_it_may_be_shown(count: int) -> None:
    sealed = full(count)
    sealed.release()
    sealed.later(days=1)
    sealed.close_all()
    assert len(sealed.results()) == count
    items = sealed.heed.items.values()
    assert tallied(items) == recounted(items) == counted_again(items)


def test_after_the_close_nothing_is_left_but_a_box_that_is_closed() -> None:
    sealed = full(12)
    sealed.close_all()
    assert list(sealed.ballots.items) == [sealed_keys.box(sealed.survey.id)]
    assert "frozen_at" not in sealed.ballots.items[sealed_keys.box(sealed.survey.id)]
    assert sealed.secrets.stored == {}
    with pytest.raises(BallotsClosed):
        sealed.cast("0", 3)


def test_a_confidential_survey_keeps_stubs_only() -> None:
    sealed = full(7, Sealed(CONFIDENTIAL).open())
    sealed.close_all()
    rows = sealed.rows()
    assert [set(row) for row in rows] == [{"PK", "SK", "done", "result"}] * 7
    assert {row["result"] for row in rows} == {item["id"] for item in sealed.results()}
    assert sealed.secrets.stored == {}


def test_the_record_says_what_was_left_out_and_is_no_finer_than_a_day() -> None:
    sealed = full(4)
    sealed.cast("gateway", 0, seen=BY_SCRIPT)
    sealed.close_all()
    record = sealed.record()
    assert record
    assert record["counts"] == {
        "asked": 40,
        "published": 0,
        "held": 1,
        "left_out": 4,
        "releases": 0,
    }
    assert record["day"] == "2026-11-20"
    assert set(record) == {"PK", "SK", "survey", "day", "counts"}
    assert sealed.rows() == []


def test_what_a_confidential_survey_cannot_show_is_left_out() -> None:
    sealed = full(7, Sealed(CONFIDENTIAL).open())
    sealed.release()
    full(3, sealed, first=7)
    sealed.close_all()
    record = sealed.record()
    assert record
    assert (record["counts"]["published"], record["counts"]["left_out"]) == (7, 3)


def test_nothing_is_destroyed_when_the_counts_differ() -> None:
    sealed = full(23)
    sealed.release()
    stub = next(row for row in sealed.rows() if "done" in row)
    sealed.ballots.write(Delete(sealed_keys.ballot(sealed.survey.id, keys.id_of(stub["SK"]))))
    before = len(sealed.rows())
    with pytest.raises(BallotsMiscounted):
        sealed.close_all()
    assert len(sealed.rows()) == before
    assert sealed.secrets.stored


def test_closing_again_changes_nothing() -> None:
    sealed = full(12)
    sealed.close_all()
    before = (dict(sealed.ballots.items), dict(sealed.heed.items))
    sealed.later(days=2)
    sealed.close()
    assert (sealed.ballots.items, sealed.heed.items) == before


def test_a_survey_that_asked_nobody_is_not_closed() -> None:
    assert Sealed().close() is None
