"""The colours of the pages."""

import re

import pytest

from chalicelib import render
from chalicelib.brands.colour import contrast


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_and_borders_stand_out_in_both_schemes(scheme: int) -> None:
    rules = re.findall(r":root \{(.*?)\}", render.app_style(), re.DOTALL)
    colour = dict(re.findall(r"--([\w-]+): (#\w{6});", rules[scheme]))
    for text, ground in [
        ("ink", "card"),
        ("ink", "box"),
        ("ink", "wash"),
        ("quiet", "card"),
        ("link", "card"),
        ("on-accent", "accent"),
        ("on-accent", "pressed"),
        ("alert", "alert-wash"),
    ]:
        assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground)
    for line, ground in [("line", "card"), ("line", "box"), ("accent", "box"), ("alert", "card")]:
        assert contrast(colour[line], colour[ground]) >= 3, (line, ground)
