"""What is taken as a logo, told by its bytes alone."""

import random
from contextlib import suppress

import pytest

from chalicelib.brands.brand import Logo, logo_of
from chalicelib.brands.logo import LogoRefused, measure
from tests.support.logos import REFUSED, TAKEN, gif, jpeg, png


@pytest.mark.parametrize("name", TAKEN)
def test_a_picture_is_measured(name: str) -> None:
    data, expected = TAKEN[name]
    found = measure(data)
    assert (found.subtype, found.size.width, found.size.height) == expected


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_none_is_refused_and_it_says_why(name: str) -> None:
    data, code = REFUSED[name]
    with pytest.raises(LogoRefused) as refused:
        measure(data)
    assert refused.value.code == code


def test_no_bytes_at_all_fail_in_another_way() -> None:
    chance = random.Random(7)
    for _ in range(3_000):
        data = bytearray(chance.choice([png(), gif(), jpeg(), gif(pictures=2)]))
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(6, len(data))] = chance.randrange(256)
        with suppress(LogoRefused):
            measure(bytes(data[: chance.randrange(len(data) + 1)]))


def test_a_logo_is_drawn_no_larger_than_it_is_and_keeps_its_shape() -> None:
    assert _drawn(120, 40) == (120, 40)
    assert _drawn(1_000, 100) == (200, 20)
    assert _drawn(96, 96) == (48, 48)
    assert _drawn(1_024, 1) == (200, 1)


def test_the_same_bytes_have_the_same_address() -> None:
    assert logo_of(png()).file == logo_of(png()).file != logo_of(png(size=500)).file
    assert logo_of(jpeg()).file.endswith(".jpg")


def _drawn(width: int, height: int) -> tuple[int, int]:
    drawn = Logo("0" * 32, "png", width, height).drawn
    return drawn.width, drawn.height
