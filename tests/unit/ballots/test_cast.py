"""A ballot is cast, changed and doubled."""

import pytest

from chalicelib import ids, sealed_keys
from chalicelib.errors import BallotPublished, BallotsClosed
from chalicelib.table import Update
from tests.support.ballots import BY_HAND, BY_SCRIPT, CONFIDENTIAL, Sealed


@pytest.fixture
def sealed() -> Sealed:
    return Sealed().open()


def test_a_form_puts_one_ballot_into_the_box(sealed: Sealed) -> None:
    given = sealed.cast("person", 7, "The printer is fast.", groups=("site=Oslo",))
    (ballot,) = sealed.waiting()
    assert (ballot.score, ballot.comment, ballot.groups) == (
        7,
        "The printer is fast.",
        ("site=Oslo",),
    )
    assert (given.score, given.is_held) == (7, False)


def test_the_same_form_again_is_the_same_ballot_with_the_same_receipt(sealed: Sealed) -> None:
    first = sealed.cast("person", 7, "Fast.")
    before = dict(sealed.ballots.items)
    assert sealed.cast("person", 7, "Fast.") == first
    assert sealed.ballots.items == before


def test_a_change_of_mind_replaces_the_ballot_and_its_receipt(sealed: Sealed) -> None:
    first = sealed.cast("person", 6, "Slow.")
    second = sealed.cast("person", 9, "Slow.")
    (ballot,) = sealed.waiting()
    assert (ballot.score, ballot.comment) == (9, "Slow.")
    assert first.code != second.code


@pytest.mark.parametrize("score", [6, 9])
def test_who_only_holds_the_link_reads_no_words_of_an_earlier_form(
    sealed: Sealed, score: int
) -> None:
    first = sealed.cast("person", 6, "Slow.")
    assert sealed.cast("person", score).code != first.code
    assert [ballot.comment for ballot in sealed.waiting()] == [None]


def test_an_emptied_comment_goes(sealed: Sealed) -> None:
    sealed.cast("person", 6, "Slow.")
    sealed.cast("person", 6, "")
    assert [ballot.comment for ballot in sealed.waiting()] == [None]


@pytest.mark.parametrize("which", ["taken", "done"])
def test_a_ballot_that_is_being_published_is_not_changed(sealed: Sealed, which: str) -> None:
    sealed.cast("person", 6)
    (ballot,) = sealed.waiting()
    sealed.ballots.write(Update(sealed_keys.ballot(ballot.survey, ballot.id), set={which: 1}))
    before = dict(sealed.ballots.items)
    with pytest.raises(BallotPublished):
        sealed.cast("person", 9)
    assert sealed.ballots.items == before


def test_nothing_is_cast_before_the_box_is_open_or_after_its_last_day(sealed: Sealed) -> None:
    with pytest.raises(BallotsClosed):
        Sealed().cast("person", 7)
    sealed.cast("person", 7)
    sealed.later(days=28)  # 18 December, the last day
    sealed.cast("person", 8)
    sealed.later(days=1)
    with pytest.raises(BallotsClosed):
        sealed.cast("person", 9)


def test_what_a_script_sends_is_held_until_a_person_confirms_it(sealed: Sealed) -> None:
    assert sealed.cast("person", 0, seen=BY_SCRIPT).is_held
    assert [ballot.held for ballot in sealed.waiting()] == ["untrusted"]
    assert not sealed.cast("person", 0).is_held
    assert [ballot.held for ballot in sealed.waiting()] == [None]


def test_what_a_script_sends_does_not_replace_a_person_s_ballot(sealed: Sealed) -> None:
    sealed.cast("person", 9, "Thank you.")
    given = sealed.cast("person", 0, "", seen=BY_SCRIPT)
    assert (given.score, given.is_held) == (9, True)
    (ballot,) = sealed.waiting()
    assert (ballot.score, ballot.comment, ballot.seen) == (9, "Thank you.", BY_HAND)


def test_a_confidential_ballot_has_the_id_of_its_invitation() -> None:
    sealed, invitation = Sealed(CONFIDENTIAL).open(), ids.derived_id("invitation")
    sealed.cast(invitation, 7)
    assert [ballot.id for ballot in sealed.waiting()] == [invitation]
