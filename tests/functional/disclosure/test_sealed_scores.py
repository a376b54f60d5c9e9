"""Scores of a sealed survey: by days of everybody, or split over its whole life."""

import csv
import io
from typing import Any

import pytest

from tests.functional.conftest import Heed
from tests.support.answers import refused
from tests.support.sealed import PATH, SURVEY, Said, Sealed, several


@pytest.fixture
def sealed(heed: Heed, clock: Any) -> Sealed:
    return Sealed(heed, clock)


def test_before_the_first_release_no_number_is_shown(sealed: Sealed) -> None:
    shown = sealed.told("scores")
    assert (shown["hidden"], shown["responses"], shown["score"]) == ("fewer_than_k", 0, None)
    assert (shown["distribution"], shown["comments"]) == ({}, None)


def test_a_block_of_five_is_shown_with_its_score(sealed: Sealed) -> None:
    sealed.publish(several(5))
    shown = sealed.told("scores")
    assert (shown["hidden"], shown["responses"], shown["score"]) == (None, 5, -20.0)
    assert (shown["distribution"]["3"], shown["comments"]) == (3, None)
    assert (shown["held"], shown["settling"]) == (None, None)


@pytest.mark.parametrize("identity", ["anonymous", "confidential"])
def test_answers_that_all_agree_are_too_uniform_to_show_a32(
    heed: Heed, clock: Any, identity: str
) -> None:
    """A32"""
    sealed = Sealed(heed, clock, identity)
    sealed.publish(several(19, scores=(9, 10)))
    shown = sealed.told("scores")
    assert (shown["hidden"], shown["responses"], shown["score"]) == ("too_uniform", 19, None)
    assert (shown["distribution"], shown["bands"], shown["nps"]) == ({}, {}, None)
    sealed.publish(several(5, scores=(9,)))
    assert sealed.told("scores")["score"] == 100.0


def test_a_period_of_one_band_is_hidden_too(sealed: Sealed) -> None:
    sealed.publish(several(5, scores=(3,)))
    sealed.publish(several(10))
    periods = sealed.told("scores", interval="day", fields="periods")["periods"]
    shown = [(one["hidden"], one["responses"]) for one in periods if one["responses"]]
    assert shown == [("too_uniform", 5), (None, 10)]
    assert {one["asked"] for one in periods} == {None}


def test_the_response_rate_is_of_the_whole_survey(sealed: Sealed) -> None:
    sealed.ask(40)
    sealed.publish(several(5))
    sealed.publish(several(5))
    day = sealed.told("scores", from_="2026-11-21", to="2026-11-22")
    assert (day["responses"], day["asked"], day["answered"]) == (5, 40, 10)
    assert day["response_rate"] == 0.25


def test_praise_joins_words_and_scores_and_is_told_from_twenty_on(sealed: Sealed) -> None:
    sealed.publish(several(12))
    assert sealed.told("scores")["wins"]["praise"] is None
    assert sealed.told("scores")["comments"] == 12
    sealed.publish(several(8))
    assert sealed.told("scores")["wins"]["praise"] == 10


def test_no_change_is_told_against_a_range_that_is_hidden(sealed: Sealed) -> None:
    sealed.publish(several(5, scores=(3,)))
    sealed.publish(several(10))
    day = {"from_": "2026-11-21", "to": "2026-11-22", "compare": "previous"}
    assert sealed.told("scores", **day)["change"] is None
    sealed.publish(several(10))
    day |= {"from_": "2026-11-22", "to": "2026-11-23"}
    assert sealed.told("scores", **day)["change"]["responses"] == 10


def test_a_split_shows_the_cells_that_were_let_out(sealed: Sealed) -> None:
    sealed.publish([*several(6, "site=Oslo"), *several(8, "site=Osaka")])
    assert sealed.cells("site") == {"Oslo": 6, "Osaka": 8}
    sealed.publish([*several(2, "site=Oslo"), *several(6, "site=Osaka")])
    assert sealed.cells("site") == {"Oslo": 6, "Osaka": 8}
    sealed.publish([*several(3, "site=Oslo"), *several(6, "site=Osaka")])
    assert sealed.cells("site") == {"Oslo": 11, "Osaka": 20}
    (_, row) = sealed.told("scores", by="site")["segments"]
    assert (row["release"], row["distribution"]["3"], row["raw"]["score"]) == (3, 6, -100 / 11)


def test_a_split_hides_few_and_says_why(sealed: Sealed) -> None:
    sealed.publish([*several(20, "role=member"), *several(4, "role=manager")])
    assert sealed.cells("role") == {}
    (row,) = [*csv.DictReader(io.StringIO(sealed.get("scores", "text/csv").body.decode()))][:1]
    assert (row["responses"], row["hidden"]) == ("24", "")


def test_five_equal_answers_of_a_site_are_too_uniform_a32(sealed: Sealed) -> None:
    """A32"""
    groups = [several(5, "site=Oslo", scores=(9,)), several(30, "site=Osaka")]
    sealed.publish([said for group in groups for said in group])
    assert sealed.cells("site") == {}


@pytest.mark.parametrize(
    "query",
    [
        {"segment": "site=Oslo"},
        {"by": "site", "from": "2026-11-20"},
        {"by": "site", "to": "2026-11-21"},
        {"by": "segment", "interval": "day"},
        {"by": "site", "compare": "previous"},
    ],
)
def test_a_part_of_a_part_is_refused_with_the_reason(sealed: Sealed, query: dict[str, str]) -> None:
    sealed.publish(several(20, "site=Oslo"))
    assert refused(sealed.get("scores", **query))[2] == "sealed_survey"


def test_no_request_names_two_departments_or_sorts_by_score_a31(sealed: Sealed) -> None:
    """A31"""
    for query in ("sort=score", "by=department", "segment=site=Oslo&segment=site=Osaka"):
        assert sealed.heed.call("GET", f"{PATH}/scores?{query}").status_code == 400


def test_a_named_survey_of_the_same_answers_shows_them_all(heed: Heed, clock: Any) -> None:
    named = Sealed(heed, clock, "named")
    named.publish([Said(9), Said(9)])
    shown = named.told("scores")
    assert (shown["responses"], shown["score"], shown["hidden"]) == (2, 100.0, None)
    assert shown["survey"] == SURVEY.id
