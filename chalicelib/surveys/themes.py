"""The themes that a team keeps: a name, and the words by which a comment speaks of it."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.errors import GIVEN_TWICE
from chalicelib.text import LINE

ThemeName = Annotated[
    str, StringConstraints(max_length=60, pattern=LINE), AfterValidator(str.strip)
]
Keyword = Annotated[str, StringConstraints(max_length=40, pattern=LINE), AfterValidator(str.strip)]


def _names_differ(given: Any) -> Any:
    """Two names that are one when trimmed would lose the words of the first."""
    if isinstance(given, dict):
        names = [name.strip().casefold() for name in given if isinstance(name, str)]
        if len(set(names)) < len(names):
            raise PydanticCustomError(GIVEN_TWICE, "two themes have the same name")
    return given


Themes = Annotated[
    dict[ThemeName, Annotated[list[Keyword], Field(min_length=1, max_length=50)]],
    Field(max_length=30),
    BeforeValidator(_names_differ),
]
