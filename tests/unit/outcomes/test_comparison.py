"""Scores beside outcomes: the vectors, the seed's table, and what counts for whom."""

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.outcomes.cohort import (
    NEVER_ASKED,
    SILENT,
    AskedPerson,
    Followed,
    Following,
    follow,
)
from chalicelib.outcomes.comparison import Happened, Terms, outcome_report
from chalicelib.outcomes.outcome import ChurnReason, Kind
from chalicelib.outcomes.schemas import OutcomeTable
from chalicelib.surveys.scale import band_of, points_of
from tests.support.samples import NOW

VECTORS = json.loads((Path(__file__).parents[2] / "data/statistics_vectors.json").read_text())
DAY = timedelta(days=1)
WINDOW = 180 * DAY
START = NOW - 365 * DAY
BAND = {point: band_of(point).value for point in points_of("nps")}
BANDS = ["detractor", "passive", "promoter"]
# score, or the group of those without one: (yes, no)
Cells = dict[int | str, tuple[int, int]]


def report_of(
    people: Iterable[Followed],
    happened: Iterable[Happened] = (),
    kind: Kind = Kind.REFERRAL,
    erased: int = 0,
    contacts: Iterable[str] = (),
) -> OutcomeTable:
    terms = Terms(kind, BANDS, WINDOW, NOW)
    return outcome_report(Following(tuple(people), erased), happened, contacts, terms)


def told(cells: Cells, kind: Kind = Kind.REFERRAL, reason: str | None = None) -> OutcomeTable:
    """The report of made-up people, so many with and without the outcome in each cell."""
    people, happened = [], []
    for cell, (yes, no) in cells.items():
        for number in range(yes + no):
            person = f"{cell}-{number}"
            score = cell if isinstance(cell, int) else None
            group = BAND[cell] if isinstance(cell, int) else cell
            people.append(Followed(person, group, START, score))
            if number < yes:
                happened.append(Happened(frozenset({person}), START + DAY, reason))
    return report_of(people, happened, kind)


def row(report: OutcomeTable, group: str) -> dict[str, Any]:
    (found,) = [one for one in report["rows"] if one["group"] == group]
    return dict(found)


@pytest.mark.parametrize("vector", VECTORS["outcomes"], ids=lambda vector: vector["name"])
def test_every_vector_is_compared_or_too_few(vector: dict[str, Any]) -> None:
    cells: Cells = {int(score): tuple(pair) for score, pair in vector["by_score_yes_no"].items()}
    found = told(cells)["comparisons"]
    assert found["answered"] == vector["n"]
    yes = sum(pair[0] for pair in cells.values())
    if vector["n"] < 30 or yes < 10 or vector["n"] - yes < 10:
        assert found["reading"] == "too_few_to_say"
        names = ("difference", "risk_ratio", "spearman", "auc")
        assert [found[name] for name in names] == [None] * 4
        return
    assert found["reading"] == "comparable"
    assert list(found["auc"].values()) == pytest.approx(vector["auc"], abs=1e-6)
    assert found["spearman"] == pytest.approx(vector["spearman"], abs=1e-6)


def test_enough_of_the_vectors_are_compared() -> None:
    """Or the test above could pass by comparing none."""
    enough = [vector["name"][:2] for vector in VECTORS["outcomes"] if vector["n"] >= 30]
    assert enough == ["O1", "O2", "O3"]


SEED: Cells = {
    0: (0, 3),
    3: (1, 4),
    5: (0, 5),
    6: (2, 8),
    7: (3, 12),
    8: (5, 15),
    9: (9, 14),
    10: (12, 7),
    SILENT: (19, 281),
    NEVER_ASKED: (2, 48),
}


@pytest.mark.parametrize(
    ("group", "yes", "n", "low", "high"),
    [
        ("promoter", 21, 42, 0.355260, 0.644740),
        ("passive", 8, 35, 0.120659, 0.390173),
        ("detractor", 3, 23, 0.045377, 0.321275),
        (SILENT, 19, 300, 0.040917, 0.096791),
        (NEVER_ASKED, 2, 50, 0.011039, 0.134601),
    ],
)
def test_the_seed_s_table(group: str, yes: int, n: int, low: float, high: float) -> None:
    found = row(told(SEED), group)
    assert (found["yes"], found["n"], found["rate"]) == (yes, n, yes / n)
    between = [found["interval"]["low"], found["interval"]["high"]]
    assert between == pytest.approx([low, high], abs=1e-6)


def test_the_seed_s_comparison_and_its_last_number() -> None:
    found = told(SEED)
    ratio = found["comparisons"]["risk_ratio"]
    assert [ratio["value"], ratio["low"], ratio["high"]] == pytest.approx(
        [3.833333, 1.278953, 11.489432], abs=1e-6
    )
    assert ratio["half_added"] is False
    assert found["silent_share"]["share"] == pytest.approx(0.3585, abs=1e-4)
    assert found["notes"][0] == "Two things that move together need not explain each other."
    assert (
        "35.85 % of all referrals came from people who did not answer (19 of 53)."
        in (found["notes"])
    )
    higher = "In this period the rate of referrals was higher among promoters (21 of 42, 50.0 %)"
    assert any(note.startswith(higher) for note in found["notes"])


def test_an_empty_cell_of_the_ratio_is_told() -> None:
    cells: Cells = {0: (0, 20), 9: (12, 8)}
    assert told(cells)["comparisons"]["risk_ratio"]["half_added"] is True


def test_a_band_without_answers_is_compared_with_nothing() -> None:
    found = told({7: (10, 20), 9: (15, 5)})["comparisons"]
    assert found["reading"] == "comparable"
    assert found["difference"] is found["risk_ratio"] is None
    assert found["auc"]


def test_rows_show_their_counts_however_few() -> None:
    found = told({9: (1, 0)})
    assert (row(found, "promoter")["n"], row(found, "promoter")["yes"]) == (1, 1)
    assert row(found, "detractor")["rate"] is row(found, "detractor")["interval"] is None


def test_nobody_at_all_is_null_and_never_zero() -> None:
    found = report_of([])
    assert [one["rate"] for one in found["rows"]] == [None] * 5
    assert found["silent_share"] == {"yes": 0, "of": 0, "share": None}


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        (-1 * DAY, False),
        (timedelta(0), True),
        (WINDOW - timedelta(seconds=1), True),
        (WINDOW, False),
    ],
)
def test_an_outcome_counts_from_the_answer_to_the_end_of_the_window(
    after: timedelta, counts: bool
) -> None:
    happened = [Happened(frozenset({"one"}), START + after)]
    found = report_of([Followed("one", "promoter", START, 9)], happened)
    assert row(found, "promoter")["yes"] == counts


def test_whose_window_has_not_ended_is_left_out_and_no_no() -> None:
    late = Followed("late", "promoter", NOW - WINDOW + DAY, 9)
    ended = Followed("ended", "promoter", NOW - WINDOW, 9)
    happened = [Happened(frozenset({"late"}), NOW)]
    found = report_of([late, ended], happened, erased=2)
    assert (row(found, "promoter")["n"], row(found, "promoter")["yes"]) == (1, 0)
    assert found["left_out"] == {"pending": 1, "erased": 2, "unnamed": 0}
    assert found["of_nobody_here"] == 0
    assert "1 person is left out: their time to watch has not ended." in found["notes"]


def test_an_outcome_of_an_account_counts_for_each_of_its_people() -> None:
    people = [Followed("one", "promoter", START, 9), Followed("two", SILENT, START)]
    everybody = Happened(frozenset({"one", "two", "stranger"}), START + DAY)
    stranger = Happened(frozenset({"stranger"}), START + DAY)
    found = report_of(people, [everybody, stranger], contacts={"one"})
    assert [row(found, group)["yes"] for group in ("promoter", SILENT)] == [1, 1]
    assert (found["of_nobody_here"], found["without_contact"]) == (1, 1)


def test_reasons_of_churn_are_kept_apart_and_the_first_one_counts() -> None:
    people = [Followed(name, "promoter", START, 9) for name in ("one", "two")]
    happened = [
        Happened(frozenset({"one"}), START + 2 * DAY, ChurnReason.SERVICE),
        Happened(frozenset({"one"}), START + DAY, ChurnReason.ACQUIRED),
        Happened(frozenset({"two"}), START + DAY, ChurnReason.SERVICE),
    ]
    found = report_of(people, happened, Kind.CHURN)
    reasons = row(found, "promoter")["reasons"]
    assert reasons == dict.fromkeys(ChurnReason, 0) | {"service": 1, "acquired": 1}
    assert row(told(SEED), "promoter")["reasons"] is None


def test_a_person_stands_once_by_the_first_answer_that_counts() -> None:
    asked = [
        AskedPerson("one", START),
        AskedPerson("one", START + DAY, START + 9 * DAY, 3),
        AskedPerson("one", START + 2 * DAY, START + 5 * DAY, 10),
        AskedPerson("silent", START + 2 * DAY),
        AskedPerson("silent", START + DAY),
    ]
    found = follow(asked, {}, START, BAND)
    assert found.people == (
        Followed("one", "promoter", START + 5 * DAY, 10),
        Followed("silent", SILENT, START + DAY),
    )


def test_a_contact_who_was_not_asked_is_followed_from_when_we_knew_of_them() -> None:
    contacts = {"old": START - DAY, "new": START + DAY, "asked": START}
    found = follow([AskedPerson("asked", START)], contacts, START, BAND)
    starts = {one.person: (one.group, one.starts_at) for one in found.people}
    assert starts == {
        "asked": (SILENT, START),
        "old": (NEVER_ASKED, START),
        "new": (NEVER_ASKED, START + DAY),
    }


def test_an_erased_answer_makes_nobody_silent_or_never_asked() -> None:
    asked = [AskedPerson("one", START, erased=True), AskedPerson("one", START + DAY)]
    found = follow(asked, {"one": START}, START, BAND)
    assert (found.people, found.erased) == ((), 1)


people_asked = st.builds(
    AskedPerson,
    person=st.sampled_from("abcdef"),
    at=st.integers(0, 300).map(lambda day: START + day * DAY),
)
askings = st.lists(
    st.one_of(
        people_asked,
        st.builds(
            lambda asked, later, score: AskedPerson(
                asked.person, asked.at, asked.at + later, score
            ),
            people_asked,
            st.integers(0, 30).map(lambda days: days * DAY),
            st.integers(0, 10),
        ),
        st.builds(lambda asked: AskedPerson(asked.person, asked.at, erased=True), people_asked),
    ),
    max_size=12,
)
outcomes = st.lists(
    st.builds(
        Happened,
        st.frozensets(st.sampled_from("abcdefgh"), min_size=1, max_size=3),
        st.integers(-10, 380).map(lambda day: START + day * DAY),
        st.sampled_from(ChurnReason),
    ),
    max_size=8,
)


@given(askings, st.sets(st.sampled_from("abcdefgh")), outcomes)
def test_every_person_is_in_one_row_or_in_one_count_of_those_left_out(
    asked: list[AskedPerson], contacts: set[str], happened: list[Happened]
) -> None:
    following = follow(asked, dict.fromkeys(contacts, START), START, BAND)
    terms = Terms(Kind.CHURN, BANDS, WINDOW, NOW)
    found = outcome_report(following, happened, contacts, terms)
    everybody = {one.person for one in asked} | contacts
    in_rows = sum(one["n"] for one in found["rows"])
    assert in_rows + sum(found["left_out"].values()) == len(everybody)
    for one in found["rows"]:
        assert 0 <= one["yes"] <= one["n"]
        assert sum(one["reasons"].values()) == one["yes"]
        if one["n"]:
            assert one["interval"]["low"] <= one["rate"] <= one["interval"]["high"]
    assert found["silent_share"]["of"] == sum(one["yes"] for one in found["rows"])


@given(askings, outcomes)
def test_the_order_in_which_things_are_read_changes_no_number(
    asked: list[AskedPerson], happened: list[Happened]
) -> None:
    terms = Terms(Kind.REFERRAL, BANDS, WINDOW, NOW)
    forth = outcome_report(follow(asked, {}, START, BAND), happened, (), terms)
    back = outcome_report(follow(asked[::-1], {}, START, BAND), happened[::-1], (), terms)
    assert forth["comparisons"] == back["comparisons"]
    # Two answers of one moment may stand either way: which was first is not known.
    moments = [(one.person, one.answered_at) for one in asked if one.answered_at]
    if len(set(moments)) == len(moments):
        assert forth == back
