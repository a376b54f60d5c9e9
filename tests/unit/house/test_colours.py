"""The colours of the pages."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_and_borders_stand_out_in_both_schemes(scheme: int) -> None:
    style = (ROOT / "templates/pages/_style.css").read_text(encoding="utf-8")
    rules = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    colour = dict(re.findall(r"--([\w-]+): (#\w{6});", rules[scheme]))
    for text, ground in [
        ("ink", "card"),
        ("ink", "box"),
        ("ink", "wash"),
        ("quiet", "card"),
        ("accent", "card"),
        ("on-accent", "accent"),
        ("on-accent", "pressed"),
        ("alert", "alert-wash"),
    ]:
        assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground)
    for line, ground in [("line", "card"), ("line", "box"), ("accent", "box"), ("alert", "card")]:
        assert contrast(colour[line], colour[ground]) >= 3, (line, ground)
