"""The themes that a team keeps: a name, and the words by which a comment speaks of it."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

PLAIN = r"^[^\x00-\x1f\x7f-\x9f]*$"
ThemeName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=PLAIN)
]
Keyword = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=PLAIN)
]


def _names_differ(given: Any) -> Any:
    """Two names that are one when trimmed would lose the words of the first."""
    if isinstance(given, dict):
        names = [name.strip().casefold() for name in given if isinstance(name, str)]
        if len(set(names)) < len(names):
            raise ValueError("two themes have the same name")
    return given


Themes = Annotated[
    dict[ThemeName, Annotated[list[Keyword], Field(min_length=1, max_length=50)]],
    Field(max_length=30),
    BeforeValidator(_names_differ),
]
