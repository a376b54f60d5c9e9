"""Whoever holds a receipt changes an answer that waits, without the link."""

import pytest

from chalicelib.ballots.ballot import Vote, read_code
from chalicelib.ballots.cast import Cast, CastNeeds, change_by_receipt
from chalicelib.errors import BallotsClosed
from chalicelib.responses.judge.of_ballot import rule
from tests.support.ballots import BY_SCRIPT, Sealed, full, no_pause


def change(sealed: Sealed, code: str, score: int, words: str | None = None) -> Cast | None:
    needs = CastNeeds(sealed.store, sealed.key_store.find(sealed.survey.id), rule, no_pause)
    return change_by_receipt(sealed.survey, read_code(code), Vote(score, words), sealed.now, needs)


def test_it_takes_the_place_of_the_answer_and_gives_a_new_receipt() -> None:
    sealed = full(3)
    old = sealed.cast("somebody", 2, "Slow.", groups=("site=Oslo",)).code
    new = change(sealed, old, 6, "Slow, and kind.")
    assert new
    assert new.code != old
    ballots = [one for one in sealed.waiting() if one.comment == "Slow, and kind."]
    assert [(one.score, one.groups) for one in ballots] == [(6, ("site=Oslo",))]
    assert len(sealed.waiting()) == 4
    assert change(sealed, old, 1) is None


def test_the_same_form_twice_gives_the_same_receipt() -> None:
    sealed = Sealed().open()
    old = sealed.cast("somebody", 2, "Slow.").code
    assert change(sealed, old, 6) == change(sealed, old, 6)
    assert [one.comment for one in sealed.waiting()] == [None]


def test_a_form_that_says_nothing_new_keeps_the_receipt() -> None:
    sealed = Sealed().open()
    old = sealed.cast("somebody", 2, "Slow.").code
    kept = change(sealed, old, 2, "Slow.")
    assert kept
    assert kept.code == old


def test_an_answer_of_a_script_stays_held() -> None:
    sealed = Sealed().open()
    held = change(sealed, sealed.cast("somebody", 2, seen=BY_SCRIPT).code, 9)
    assert held
    assert held.is_held


def test_nothing_changes_after_the_release_or_the_last_day() -> None:
    sealed = full(9)
    code = sealed.cast("somebody", 2).code
    late = full(0)
    last = late.cast("somebody", 2).code
    late.later(days=60)
    with pytest.raises(BallotsClosed):
        change(late, last, 3)
    sealed.close_all()
    with pytest.raises(BallotsClosed):
        change(sealed, code, 3)
