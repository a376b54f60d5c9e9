import pytest

from chalicelib.quality_values import MOST_RANGES, quality_of, ranges_of


@pytest.mark.parametrize(
    ("parameter", "quality"),
    [("", 1.0), ("q=0.5", 0.5), ("Q = 0.25", 0.25), ("q=1.000", 1.0), ("q=0.", 0.0), ("q=0", 0.0)],
)
def test_a_quality_is_read(parameter: str, quality: float) -> None:
    assert quality_of(parameter) == quality


@pytest.mark.parametrize(
    "parameter", ["q=2", "q=1.001", "q=0.1234", "q=-1", "q=", "level=1", "q=\u0660"]
)
def test_what_is_no_quality_is_not_guessed(parameter: str) -> None:
    assert quality_of(parameter) is None


def test_no_more_ranges_are_read_than_a_browser_sends() -> None:
    assert ranges_of(None) == [""]
    assert len(ranges_of("a," * 10_000)) == MOST_RANGES
