"""Which way a text runs, and whether it has to be set apart in a sentence. Pure."""

import unicodedata
from typing import Final

OPENING, CLOSING = "\u2068", "\u2069"  # first strong isolate, and its end
_TO_THE_LEFT: Final = {"R", "AL"}
_NOT_TO_THE_RIGHT: Final = {*_TO_THE_LEFT, "AN"}
_NOT_TO_THE_LEFT: Final = {"L", "EN"}


def runs(text: str, otherwise: str) -> str:
    """`ltr` or `rtl`, by its first letter that tells."""
    for letter in text:
        found = unicodedata.bidirectional(letter)
        if found == "L" or found in _TO_THE_LEFT:
            return "ltr" if found == "L" else "rtl"
    return otherwise


def isolated(text: str, direction: str) -> str:
    """A line of `plain` for a sentence that runs in `direction`. One that runs the same way stays
    as it is: some mail programs show a box for an unseen character."""
    turning = _NOT_TO_THE_LEFT if direction == "rtl" else _NOT_TO_THE_RIGHT
    turns = any(unicodedata.bidirectional(letter) in turning for letter in text)
    return f"{OPENING}{text}{CLOSING}" if turns else text
