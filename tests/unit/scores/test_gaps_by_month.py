"""A gap is one within the months. Where all fell together, a segment that grew meanwhile has its
answers in the bad months, and differs from the rest over all of them without being any worse."""

from collections.abc import Mapping
from random import Random

import pytest
from msgspec.structs import replace

from chalicelib.periods import month_after
from chalicelib.scores.insights.facts import SilentAccounts
from chalicelib.scores.insights.read_facts import read_facts
from chalicelib.scores.insights.rules import insights
from chalicelib.scores.statistics.exact import permutation_p, stratified_p
from tests.support.chance import drawn
from tests.support.drifting import false_gaps
from tests.support.facts import DAYS, TODAY
from tests.support.samples import SURVEY
from tests.support.tallies import nps_counts, tallies

GOOD, BAD, WORSE = (30, 30, 90), (75, 30, 45), (100, 20, 30)
Sites = Mapping[str, tuple[float, tuple[int, int, int]]]


def told(*months: Sites) -> set[str]:
    """What is told of the last of some months. Of each site: how large it is, and its answers."""
    cells = []
    for place, sites in enumerate(months):
        day = month_after(DAYS.first, place + 1 - len(months)).isoformat()
        parts = {}
        for site, (size, bands) in sites.items():
            parts[f"site={site}"] = nps_counts(*(round(size * count) for count in bands))
        whole = {
            name: sum(part.get(name, 0) for part in parts.values())
            for name in {name for part in parts.values() for name in part}
        }
        cells += [(segment, day, counts) for segment, counts in {**parts, "all": whole}.items()]
    survey = replace(SURVEY, id="s", segments=["site"], scale="nps")
    facts = read_facts(survey, DAYS, TODAY, tallies(*cells), SilentAccounts())
    return {found["rule"] for found in insights(facts)}


def test_a_segment_that_grew_while_all_fell_shows_no_gap() -> None:
    before: Sites = {"old": (1, GOOD)}
    assert told(before, before, before, {"old": (0.2, BAD), "new": (0.8, BAD)}) == {"score_change"}


def test_where_all_fell_by_chance_alone_no_gap_is_told() -> None:
    worst = max(false_gaps(20, 14).items(), key=lambda rate: rate[1])
    assert worst[1] <= 0.06, worst


def test_so_do_several_that_stand_together_as_other() -> None:
    before: Sites = {"old": (1, GOOD)}
    # Two answers each, and together as bad as the old one.
    pairs = ((2, 0, 0), (1, 0, 1), (1, 0, 1), (1, 1, 0), (0, 1, 1))
    small: Sites = {f"new {number}": (1, pairs[number % 5]) for number in range(60)}
    assert told(before, before, before, {"old": (0.2, BAD), **small}) == {"score_change"}


def test_a_segment_that_is_worse_in_its_months_shows_one() -> None:
    before: Sites = {"old": (0.5, GOOD), "new": (0.5, BAD)}
    assert told(before, before, before, before) == {"segment_gap"}
    later: Sites = {"old": (0.5, BAD), "new": (0.5, WORSE)}
    assert told(before, before, before, later) == {"segment_gap", "score_change"}


def test_of_one_stratum_it_is_the_permutation_test() -> None:
    sides = (
        drawn("ces", [1] * 7, 40, Random(14)),
        drawn("ces", [1, 1, 1, 1, 1, 2, 2], 30, Random(1)),
    )
    assert stratified_p([sides]) == pytest.approx(permutation_p(*sides))


@pytest.mark.parametrize("strata", [[], [({1: 3}, {1: 2})], [({}, {1: 2, 5: 3})], [({2: 1}, {})]])
def test_where_nothing_can_be_dealt_nothing_is_found(
    strata: list[tuple[dict[int, int], dict[int, int]]],
) -> None:
    assert stratified_p(strata) == 1.0


def test_strata_that_all_lean_one_way_add_up() -> None:
    months = [({0: 12, 100: 28}, {0: 20, 100: 20})] * 4
    assert stratified_p(months) < stratified_p(months[:1]) < 0.1
    turned = [(after, before) for before, after in months[:2]]
    assert stratified_p([*months[:2], *turned]) == pytest.approx(1)
