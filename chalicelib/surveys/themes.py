"""The themes of a survey: a name, and the keywords that point to it."""

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
    # Of two names that are equal when trimmed, the first would lose its keywords.
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
