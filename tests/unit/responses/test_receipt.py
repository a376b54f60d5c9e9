"""A receipt reads the answer, and takes it back as far as it can be."""

import secrets

import pytest
from msgspec.structs import replace

from chalicelib import ids
from chalicelib.ballots.ballot import read_code, written_code
from chalicelib.responses.receipt import Receipt, Withdrawn, read_by_receipt, withdraw
from tests.support.ballots import ANONYMOUS, CONFIDENTIAL, Sealed, full
from tests.support.counting import counted_again
from tests.support.recount import out_of_place, recounted, tallied


def code_of(sealed: Sealed) -> bytes:
    return read_code(sealed.cast("somebody", 2, "The lift is slow.").code)


def read(sealed: Sealed, code: bytes) -> Receipt | None:
    return read_by_receipt(sealed.survey, code, sealed.by_receipt)


def take(sealed: Sealed, code: bytes) -> Withdrawn:
    return withdraw(sealed.survey, code, sealed.now, sealed.by_receipt)


@pytest.fixture(params=[ANONYMOUS, CONFIDENTIAL], ids=["anonymous", "confidential"])
def published(request: pytest.FixtureRequest) -> tuple[Sealed, bytes]:
    """And closed: the keys are gone."""
    sealed = Sealed(request.param).open()
    code = full(9, sealed).cast(ids.derived_id("3"), 2, "Slow.").code
    sealed.close_all()
    return sealed, read_code(code)


def test_it_reads_and_withdraws_a_ballot_that_waits() -> None:
    sealed = Sealed().open()
    code = code_of(sealed)
    assert read(sealed, code) == Receipt(2, "The lift is slow.", is_published=False)
    assert take(sealed, code) is Withdrawn.BALLOT
    assert (sealed.waiting(), read(sealed, code)) == ([], None)
    assert take(sealed, code) is Withdrawn.NOTHING


def test_whoever_withdrew_may_vote_again() -> None:
    sealed = Sealed().open()
    take(sealed, code_of(sealed))
    sealed.cast("somebody", 8)
    assert [ballot.score for ballot in sealed.waiting()] == [8]


def test_an_older_receipt_opens_nothing_after_a_change_of_mind() -> None:
    sealed = Sealed().open()
    code = code_of(sealed)
    sealed.cast("somebody", 9)
    assert read(sealed, code) is None
    assert take(sealed, code) is Withdrawn.NOTHING


def test_it_reads_a_published_answer_after_the_close(published: tuple[Sealed, bytes]) -> None:
    assert read(*published) == Receipt(2, "Slow.", is_published=True, takes_more=True)


def test_it_takes_away_the_words_and_leaves_the_score(published: tuple[Sealed, bytes]) -> None:
    sealed, code = published
    assert take(sealed, code) is Withdrawn.WORDS
    assert take(sealed, code) is Withdrawn.WORDS
    assert read(sealed, code) == Receipt(2, None, is_published=True)
    items = sealed.heed.items.values()
    assert "Slow." not in str(list(items))
    assert tallied(items) == recounted(items) == counted_again(items)
    assert out_of_place(items) == []


def test_that_somebody_took_words_away_is_told_to_the_day(published: tuple[Sealed, bytes]) -> None:
    sealed, code = published
    take(sealed, code)
    times = {item["changed_at"][11:19] for item in sealed.results()}
    assert times == {"00:00:00"}


def test_it_opens_nothing_in_another_survey(published: tuple[Sealed, bytes]) -> None:
    sealed, code = published
    sealed.survey = replace(sealed.survey, id="another")
    assert read(sealed, code) is None
    assert take(sealed, code) is Withdrawn.NOTHING


def test_a_code_is_read_however_people_write_it() -> None:
    code = secrets.token_bytes(16)
    text = written_code(code)
    for written in (
        text,
        text.upper(),
        text.replace("-", " "),
        f" {text} ",
        text.replace("-", "\u2013"),
    ):
        assert read_code(written) == code


@pytest.mark.parametrize("text", ["", "abc", "1" * 26, "a" * 10_000, "ä" * 26, "abcde-fghij"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_code(text)


def test_no_guess_finds_a_ballot() -> None:
    """A27: 128 bits; each guess is one request, which the gateway throttles."""
    sealed = full(20)
    assert {len(read_code(sealed.cast(str(n), 3).code)) * 8 for n in range(3)} == {128}
    found = [read(sealed, secrets.token_bytes(16)) for _ in range(2000)]
    assert set(found) == {None}
