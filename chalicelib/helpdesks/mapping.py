"""Where more is to be found in what a help desk sends, as the admin of a hook says. Pure."""

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from chalicelib.helpdesks.language_names import language_named
from chalicelib.helpdesks.paths import Place
from chalicelib.invitations.cleaned import CALLERS_ID, one_line

# As in paths.py: keys, elements of lists, and others to look at when there is nothing.
_STEP = r"[A-Za-z0-9_ -]{1,60}(?:\[[A-Za-z0-9_ *=-]{1,80}\])?"
_PATH = rf"\^?{_STEP}(?:\.{_STEP}){{0,9}}"
FIELD_PATH: Final = rf"^{_PATH}(?:\|{_PATH}){{0,3}}$"
LONGEST_PATH: Final = 300
# What is filled in beside segments.
OF_PEOPLE: Final = ("role", "location", "account", "language")


class Mapped(Struct, frozen=True):
    """`facts` are by segment, or by what a segment is of. `locale` is a BCP 47 tag."""

    facts: Mapping[str, str]
    account: str | None
    locale: str | None


def read_mapped(mapping: Mapping[str, str], place: Place) -> Mapped:
    found = {name: _text(place, path) for name, path in mapping.items()}
    account, language = found.pop("account", ""), found.pop("language", "")
    return Mapped(
        {name: value for name, value in found.items() if value},
        account if re.fullmatch(CALLERS_ID, account) else None,
        language_named(language) if language else None,
    )


def _text(place: Place, path: str) -> str:
    """Empty for an address: no number may be of one person."""
    found = place.find(path)
    if isinstance(found, list):
        found = next((each for each in found if isinstance(each, str)), None)
    try:
        text = one_line(found)
    except ValueError:
        return ""
    return "" if "@" in text else text
