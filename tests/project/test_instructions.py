"""What `make bench CHECK=1` complains of, on counts made up beside its bounds."""

import pytest

from tests.bench.instructions import Count
from tests.bench.instructions_shown import (
    COLD_OF_BARE,
    FIRST_OF_WARM,
    WARM_OF_BARE,
    complaints_on,
)

BARE = Count(start=10_000, first=300, warm=100)
MOST_WARM = BARE.warm * WARM_OF_BARE
WITHIN = Count(start=BARE.start, first=2 * BARE.warm, warm=BARE.warm)


def found(form: Count = WITHIN, tap: Count = WITHIN) -> dict[str, Count]:
    return {"bare": BARE, "form": form, "tap": tap, "hook": Count(10_000, 90_000, 1)}


def test_what_is_within_the_bounds_gets_no_complaint() -> None:
    assert complaints_on(found()) == []


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (
            Count(BARE.start, BARE.warm * (FIRST_OF_WARM + 0.1), BARE.warm),
            f"first form / warm: {FIRST_OF_WARM + 0.1:.2f}",
        ),
        (
            Count(BARE.cold * (COLD_OF_BARE + 0.1) - BARE.warm, BARE.warm, BARE.warm),
            f"cold form / bare: {COLD_OF_BARE + 0.1:.2f}",
        ),
        (
            Count(BARE.start - MOST_WARM, MOST_WARM, MOST_WARM * 1.1),
            f"warm form / bare: {WARM_OF_BARE * 1.1:.2f}",
        ),
    ],
)
def test_a_form_that_costs_too_much_is_named(form: Count, words: str) -> None:
    (complaint,) = complaints_on(found(form=form))
    assert words in complaint


def test_a_first_tap_is_held_to_the_hundredth() -> None:
    (complaint,) = complaints_on(found(tap=Count(10_000, 500, 100)))
    assert "first tap / warm: 5.00, and at most 4.0 is allowed" in complaint
