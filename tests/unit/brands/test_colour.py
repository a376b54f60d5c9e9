"""What comes of an accent: it can be read everywhere, in light and in dark."""

import random
import re
from pathlib import Path

import pytest

from chalicelib.brands.colour import (
    DARK_GROUNDS,
    HEED,
    LIGHT_GROUNDS,
    SHAPE,
    TEXT,
    Tones,
    contrast,
    least_contrast,
    nearest_usable,
    palette_of,
)

ROOT = Path(__file__).parents[3]
STYLE = (ROOT / "templates/_palette.css").read_text(encoding="utf-8")
INKS = {"light": ("#1c2423", "#56615f"), "dark": ("#ebf0ee", "#a9b5b2")}
_CHANCE = random.Random(22)
COLOURS = [f"#{_CHANCE.randrange(1 << 24):06x}" for _ in range(300)]
COLOURS += ["#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#808080"]


def refuse_unreadable(tones: Tones, grounds: tuple[str, ...], inks: tuple[str, str]) -> None:
    for ground in (*grounds, tones.wash):
        assert contrast(tones.accent, ground) >= SHAPE, (tones, ground)
        assert contrast(tones.link, ground) >= TEXT, (tones, ground)
    for ground in (tones.accent, tones.pressed):
        assert contrast(tones.on_accent, ground) >= TEXT, (tones, ground)
    for ink in inks:
        assert contrast(ink, tones.wash) >= TEXT, (tones, ink)


def test_every_accent_that_is_taken_can_be_read_in_light_and_in_dark() -> None:
    for colour in COLOURS:
        palette = palette_of(nearest_usable(colour))
        refuse_unreadable(palette.light, LIGHT_GROUNDS, INKS["light"])
        refuse_unreadable(palette.dark, DARK_GROUNDS, INKS["dark"])


def test_heed_s_own_can_be_read_too() -> None:
    refuse_unreadable(HEED.light, LIGHT_GROUNDS[:1], INKS["light"])
    refuse_unreadable(HEED.dark, DARK_GROUNDS[:1], INKS["dark"])


@pytest.mark.parametrize("colour", ["#0b6a5e", "#1f4e9e", "#e2001a", "#0d8aee", "#000000"])
def test_a_colour_that_stands_out_stays_as_it_is(colour: str) -> None:
    assert nearest_usable(colour) == colour == palette_of(colour).light.accent


@pytest.mark.parametrize("colour", ["#ffcc00", "#ff6600", "#ffffff", "#bbe3ff"])
def test_of_one_that_does_not_the_nearest_is_told_and_is_taken(colour: str) -> None:
    assert least_contrast(colour) < SHAPE
    found = nearest_usable(colour)
    assert SHAPE <= least_contrast(found) < SHAPE + 0.3
    assert nearest_usable(found) == found


@pytest.mark.parametrize(("rule", "grounds"), [(0, LIGHT_GROUNDS), (1, DARK_GROUNDS)])
def test_the_grounds_are_those_of_the_style(rule: int, grounds: tuple[str, ...]) -> None:
    found = re.findall(r":root \{(.*?)\n *\}", STYLE, re.DOTALL)[rule]
    colours = dict(re.findall(r"--(\w+): (#\w{6});", found))
    assert (colours["card"], colours["paper"], colours["box"]) == grounds
    assert (colours["ink"], colours["quiet"]) == [*INKS.values()][rule]


def test_the_colours_stand_in_one_place() -> None:
    for style in ("pages/_style.css", "app/_style.css"):
        text = (ROOT / "templates" / style).read_text(encoding="utf-8")
        assert text.startswith('{% include "_palette.css" %}')
        assert not re.search(r"^ *--accent:", text, re.MULTILINE)
