"""A15 and A16: whoever kept every number of every release, of all answers and of every cell, can
solve them for no group of less than k. The attacker is written apart from the gate."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.disclosure.cells import publish_cells
from tests.support.attacker import small_groups
from tests.support.waves import Wave, random_wave, row


def told(wave: Wave) -> frozenset[int] | None:
    return next(small_groups(wave.shown, wave.k), None)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0))
def test_no_group_below_k_is_told_by_all_releases_together_a15_a16(seed: int) -> None:
    wave = random_wave(seed, releases=4)
    assert told(wave) is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(0, 1000, 10))
def test_a_thousand_waves_tell_of_no_group_below_k(seed: int) -> None:
    assert [told(random_wave(more)) for more in range(seed, seed + 10)] == [None] * 10


def test_cells_are_shown_all_the_same() -> None:
    waves = [random_wave(seed, releases=4) for seed in range(50)]
    assert sum(bool(wave.cells) for wave in waves) >= 40
    assert sum(wave.publications for wave in waves) >= 100


def test_a_survey_of_500_with_eight_dimensions_is_decided_in_seconds() -> None:
    groups = [f"d{name}={value}" for name in range(8) for value in range(3)]
    rows = [
        row(1, *(f"d{name}={at * (name + 7) // 5 % 3}" for name in range(8)), score=(3, 9)[at % 2])
        for at in range(500)
    ]
    assert publish_cells(rows, {}, 5, groups)
