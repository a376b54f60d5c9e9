"""The page of a survey that promised its people something: it shows what the API gives, and no
more."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from chalicelib.members.role import Role
from tests.functional.conftest import Heed
from tests.support.members import signed_in
from tests.support.reading_pages import part_of, text_of
from tests.support.samples import SURVEY
from tests.support.sealed import Said, Sealed, several, start

PAGE = f"/app/surveys/{SURVEY.id}"


@pytest.fixture(params=["anonymous", "confidential"])
def sealed(heed: Heed, request: pytest.FixtureRequest) -> Iterator[Sealed]:
    with time_machine.travel(start(), tick=False) as clock:
        yield Sealed(heed, clock, request.param)


def opened(sealed: Sealed, query: str = "") -> Any:
    """A session lasts half a day, and a day passes between two releases."""
    address = f"kari-{sealed.releases}-{len(query)}@example.com"
    return signed_in(sealed.heed, address=address).open(f"{PAGE}?{query}")


@pytest.mark.parametrize("role", Role)
def test_below_five_answers_nothing_is_shown(sealed: Sealed, role: Role) -> None:
    sealed.publish([Said(score, f"words {score}") for score in (1, 9, 4, 7)])
    page = signed_in(sealed.heed, role).open(f"{PAGE}?words=all")
    assert "Not shown: fewer answers than the smallest group." in part_of(page, "score")
    assert "words 1" not in text_of(page)
    assert "Answers by point" not in text_of(page)
    assert 'class="few"' not in page.body.decode()


def test_two_times_that_differ_by_few_show_nothing_to_take_away(sealed: Sealed) -> None:
    sealed.publish(several(6))
    browser = signed_in(sealed.heed)
    whole = part_of(browser.open(f"{PAGE}?days=own&from=2026-11-01&until=2026-11-21"), "score")
    without = part_of(browser.open(f"{PAGE}?days=own&from=2026-11-21&until=2026-11-21"), "score")
    assert "6 answers" in whole
    assert "Not shown: fewer answers than the smallest group." in without


def test_words_are_shown_from_ten_answers_on_and_nobody_s_name(sealed: Sealed) -> None:
    sealed.publish(several(9))
    assert "slow and kind" not in text_of(opened(sealed))
    sealed.publish(several(5))
    told = part_of(opened(sealed), "words")
    assert "slow and kind" in told
    assert "of 10" not in told  # no score beside the words yet
    assert "Ingrid" not in told


def test_whose_words_they_are_is_told_from_twenty_answers_on(sealed: Sealed) -> None:
    sealed.publish(several(12))
    refused = part_of(opened(sealed, "words=unhappy"), "words")
    assert "promised its people" in refused
    assert "slow and kind" not in refused
    sealed.publish(several(10))
    assert "slow and kind" in part_of(opened(sealed, "words=unhappy"), "words")


def test_one_group_of_it_is_not_shown(sealed: Sealed) -> None:
    sealed.publish(several(24, "site=Oslo"))
    page = signed_in(sealed.heed).open(f"{PAGE}?segment=site%3DOslo")
    assert "promised its people" in part_of(page, "score")
    assert "24" not in part_of(page, "score")
    assert "slow and kind" not in part_of(page, "words")


def test_groups_are_those_that_the_gate_lets_out(sealed: Sealed) -> None:
    sealed.publish([*several(10, "site=Oslo"), *several(6, "site=Osaka")])
    cells = sealed.cells("site")
    told = part_of(signed_in(sealed.heed).open(PAGE), "segments")
    assert {value for value in ("Oslo", "Osaka") if value in told} == set(cells)


def test_a_file_gives_no_more_than_the_page(sealed: Sealed) -> None:
    sealed.publish(several(9))
    browser = signed_in(sealed.heed)
    assert b"slow and kind" not in browser.open(f"{PAGE}/words.csv?words=all").body
    assert browser.open(f"{PAGE}/scores.csv?segment=site%3DOslo").status_code == 409
    assert browser.open(f"{PAGE}/outcomes.csv").status_code in (404, 409)


def test_it_has_no_table_of_outcomes(sealed: Sealed) -> None:
    sealed.publish(several(12))
    assert 'id="outcomes"' not in signed_in(sealed.heed).open(PAGE).body.decode()
