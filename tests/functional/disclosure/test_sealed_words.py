"""A13: words of a sealed survey, from ten answers on, and with their score from twenty on."""

import csv
import io
import json
from typing import Any

import pytest

from tests.functional.conftest import Heed
from tests.support.answers import refused
from tests.support.sealed import PATH, Sealed, several

KINDS = ["application/json", "text/csv", "application/jsonl"]


@pytest.fixture(params=["anonymous", "confidential"])
def sealed(heed: Heed, clock: Any, request: pytest.FixtureRequest) -> Sealed:
    return Sealed(heed, clock, request.param)


def listed(sealed: Sealed, kind: str = KINDS[0], **query: object) -> list[dict[str, Any]]:
    answer = sealed.get("responses", kind, **query)
    assert answer.status_code == 200, answer.body
    text = answer.body.decode()
    if kind == "text/csv":
        return list(csv.DictReader(io.StringIO(text)))
    if kind == "application/jsonl":
        return [json.loads(line) for line in text.splitlines()]
    return list(json.loads(text)["items"])


@pytest.mark.parametrize("kind", KINDS)
def test_nine_answers_show_no_words_in_any_kind_of_file_a13(sealed: Sealed, kind: str) -> None:
    sealed.publish(several(9))
    assert listed(sealed, kind) == []


@pytest.mark.parametrize("kind", KINDS)
def test_ten_answers_show_words_without_scores(sealed: Sealed, kind: str) -> None:
    sealed.publish(several(10))
    rows = listed(sealed, kind)
    assert {row["comment"] for row in rows} == {f"slow and kind {at}" for at in range(10)}
    assert {row["score"] or None for row in rows} == {row["band"] or None for row in rows} == {None}


def test_twenty_answers_show_words_with_scores(sealed: Sealed) -> None:
    sealed.publish(several(20))
    assert {row["score"] for row in listed(sealed)} == {3, 9}


def test_scores_that_were_shown_before_join_no_words(sealed: Sealed) -> None:
    """Whoever keeps the list of every day finds no score beside words before the twentieth."""
    seen: dict[str, set[Any]] = {}
    for _ in range(3):
        sealed.publish(several(6))
        for row in listed(sealed):
            seen.setdefault(row["id"], set()).add(row["score"])
    assert (len(seen), set().union(*seen.values())) == (18, {None})


def test_rows_tell_of_no_person_and_no_group_and_no_hour(sealed: Sealed) -> None:
    sealed.publish(several(20, "site=Oslo", "role=member"))
    for row in listed(sealed):
        nothing = ("person", "ticket", "cause", "settles_at")
        assert [row[name] for name in nothing] == [None] * 4
        assert (row["segments"], row["history"], row["contact"]) == ({}, [], False)
        assert row["answered_at"] == row["changed_at"] == "2026-11-20T00:00:00.000Z"


def test_the_order_of_a_list_is_not_that_of_the_answers(sealed: Sealed) -> None:
    sealed.publish(several(40))
    order = [int(row["comment"].rpartition(" ")[2]) for row in listed(sealed)]
    assert order not in (sorted(order), sorted(order, reverse=True))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("segment", "site=Oslo"),
        ("state", "held"),
        ("state", "settling"),
        ("state", "dismissed"),
        ("cause", "Printer"),
        ("updated_since", "2026-11-20"),
        ("band", "promoter"),
    ],
)
def test_filters_that_tell_more_are_refused(sealed: Sealed, name: str, value: str) -> None:
    sealed.publish(several(19))
    assert refused(sealed.get("responses", **{name: value}))[1:] == (name, "sealed_survey")


def test_bands_are_a_filter_from_twenty_answers_on(sealed: Sealed) -> None:
    sealed.publish(several(20))
    assert len(listed(sealed, band="promoter")) == 10


def test_themes_are_counted_from_ten_on_and_by_band_from_twenty_on(sealed: Sealed) -> None:
    sealed.publish(several(9))
    shown = sealed.told("themes")
    assert (shown["hidden"], shown["comments"]) == ("fewer_than_k", 0)
    sealed.publish(several(6))
    assert [(row["count"], row["bands"]) for row in sealed.told("themes")["themes"]] == [
        (15, {})
    ] * 2
    sealed.publish(several(5))
    assert sealed.told("themes")["themes"][0]["bands"]["promoter"] == 9


def test_what_the_judge_holds_is_shown_nowhere(sealed: Sealed) -> None:
    assert refused(sealed.get("judged"))[2] == "sealed_survey"


def test_no_key_decides_or_deletes_an_answer(sealed: Sealed) -> None:
    (result, *_) = sealed.publish(several(20))
    path = f"{PATH}/responses/{result}"
    for method, body in (("PATCH", {"state": "dismissed"}), ("DELETE", None)):
        assert refused(sealed.heed.call(method, path, body))[2] == "sealed_survey"
    assert len(listed(sealed)) == 20
