"""The colours that come of one accent, in light and in dark, by the contrasts of WCAG 2.2. Pure."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

TEXT, SHAPE = 4.5, 3.0  # the least contrast: criteria 1.4.3 and 1.4.11
WHITE, BLACK = "#ffffff", "#000000"
# What the accent stands on: card, paper and box of templates/_palette.css. A test compares.
LIGHT_GROUNDS: Final = ("#ffffff", "#f4f3ef", "#fafaf8")
DARK_GROUNDS: Final = ("#1b2120", "#121615", "#232a29")
LIGHT_WASH, DARK_WASH = 0.1, 0.12  # how much of the accent a wash has


class Tones(Struct, frozen=True):
    """`pressed` is a button under the pointer, `on_accent` the text on both, `link` text in the
    accent, `wash` a ground with a touch of it."""

    accent: str
    pressed: str
    on_accent: str
    link: str
    wash: str


class Palette(Struct, frozen=True):
    light: Tones
    dark: Tones


HEED: Final = Palette(
    light=Tones("#0b6a5e", "#08544a", WHITE, "#0b6a5e", "#e7f2ef"),
    dark=Tones("#6fd0bf", "#96e0d3", "#0c201d", "#6fd0bf", "#203330"),
)


@lru_cache(maxsize=4)
def palette_of(accent: str) -> Palette:
    """`accent` as `#rrggbb`. It stays as it is in light, and is lighter in dark."""
    dark = next(found for found in _towards(accent, WHITE) if _reads(found, *_dark(found)))
    return Palette(_tones(accent, _light(accent)), _tones(dark, _dark(dark)))


def least_contrast(accent: str) -> float:
    """With the light grounds. In dark, and of the text on it, there is always enough."""
    return min(contrast(accent, ground) for ground in _light(accent))


def nearest_usable(accent: str) -> str:
    """The accent, or the first darker one that stands out in light."""
    return next(found for found in _towards(accent, BLACK) if least_contrast(found) >= SHAPE)


def contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _tones(accent: str, grounds: Sequence[str]) -> Tones:
    is_dark = contrast(WHITE, accent) >= TEXT
    on_accent = WHITE if is_dark else BLACK
    # Away from its text, so that a pressed button reads no worse.
    pressed = _mixed(accent, BLACK if is_dark else WHITE, 0.2)
    towards = BLACK if grounds[0] == WHITE else WHITE
    link = next(found for found in _towards(accent, towards) if _reads(found, *grounds))
    return Tones(accent, pressed, on_accent, link, grounds[-1])


def _light(accent: str) -> tuple[str, ...]:
    return (*LIGHT_GROUNDS, _mixed(LIGHT_GROUNDS[0], accent, LIGHT_WASH))


def _dark(accent: str) -> tuple[str, ...]:
    return (*DARK_GROUNDS, _mixed(DARK_GROUNDS[0], accent, DARK_WASH))


def _reads(colour: str, *grounds: str) -> bool:
    return all(contrast(colour, ground) >= TEXT for ground in grounds)


def _towards(colour: str, end: str) -> Iterator[str]:
    return (_mixed(colour, end, step / 100) for step in range(101))


def _mixed(colour: str, other: str, share: float) -> str:
    """`share` of the other."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _luminance(colour: str) -> float:
    shares = [part / 255 for part in _parts(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
