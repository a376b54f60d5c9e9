"""A made-up population stays within the limits, and the count notices a judge that is wrong."""

from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.responses import judged
from chalicelib.responses.judge.verdict import State, Verdict, Why
from tests.onetap.population import Found, found, outcome, report
from tests.onetap.population_people import PEOPLE
from tests.onetap.population_scanners import SCANNERS


@pytest.fixture(scope="module")
def thousand() -> Found:
    return found("a thousand", 1000)


def test_no_phantom_no_lost_press_and_few_people_held(thousand: Found) -> None:
    assert (thousand.phantoms, thousand.lost_presses, thousand.lost) == (0, 0, 0)
    assert thousand.is_within_limits


def test_every_kind_of_people_and_of_scanners_is_there_and_is_told(thousand: Found) -> None:
    lines: list[str] = []
    report(thousand, lines.append)
    assert len(SCANNERS) >= 12
    for kind in (*PEOPLE, *SCANNERS):
        name = kind.__name__.replace("_", " ")
        assert thousand.rows[name]["number"] > 0
        assert sum(line.startswith(name) for line in lines) == 1


def test_the_same_seed_gives_the_same_population() -> None:
    assert [outcome("s", number) for number in range(20)] == [
        outcome("s", number) for number in range(20)
    ]
    assert outcome("s", 3) != outcome("t", 3)


def all_counted(*_: Any) -> Verdict:
    return Verdict(State.COUNTED, 5, Why.INPUT, 0.0, history=(5,))


def all_held(*_: Any) -> Verdict:
    return Verdict(State.HELD, 9, Why.NO_INPUT, 0.0)


@pytest.mark.parametrize("judge", [all_counted, all_held])
def test_a_judge_that_is_wrong_is_noticed(judge: Any) -> None:
    with patch.object(judged, "judge", judge):
        assert not found("wrong", 60).is_within_limits
