"""Scores beside outcomes: the vectors and the seed's table."""

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.outcomes.cohort import NEVER_ASKED, SILENT
from tests.support.comparison import SEED, Cells, report_of, row, told

VECTORS = json.loads((Path(__file__).parents[2] / "data/statistics_vectors.json").read_text())


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
