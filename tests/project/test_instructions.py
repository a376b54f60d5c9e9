"""What `make bench CHECK=1` complains of, on made-up counts."""

import pytest

from tests.bench.instructions import Count
from tests.bench.instructions_shown import complaints_on

BARE = Count(1000, 30, 10)
FORM = Count(1400, 100, 40)


def found(form: Count = FORM, tap: Count = FORM) -> dict[str, Count]:
    return {"bare": BARE, "form": form, "tap": tap, "hook": Count(1400, 9000, 1)}


def test_what_is_within_the_bounds_gets_no_complaint() -> None:
    assert complaints_on(found()) == []


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (Count(1400, 161, 40), "first form / warm: 4.0"),
        (Count(1700, 100, 40), "cold form / bare: 1.7"),
        (Count(1400, 100, 61), "warm form / bare: 6.1"),
    ],
)
def test_a_form_that_costs_too_much_is_named(form: Count, words: str) -> None:
    (complaint,) = complaints_on(found(form=form))
    assert words in complaint


def test_a_first_tap_is_held_to_the_hundredth() -> None:
    (complaint,) = complaints_on(found(tap=Count(1400, 500, 100)))
    assert "first tap / warm: 5.00, and at most 4.0 is allowed" in complaint
