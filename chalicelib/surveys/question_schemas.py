"""The questions of a survey as they are given."""

from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.errors import GIVEN_TWICE, LANGUAGE_MISSING
from chalicelib.surveys.fields import Asked, Label, QuestionId, Tag
from chalicelib.surveys.question import MOST_OPTIONS, Kind, spoken
from chalicelib.web.fitting import fields, has, when

# Words have no options. A choice has two at least.
_BY_KIND = when(
    has(kind={"const": "words"}), fields(options={"maxItems": 0}), has(options={"minItems": 2})
)


class Option(BaseModel):
    """What may be chosen. `text` is by language."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: QuestionId
    text: dict[Tag, Label] = Field(min_length=1, max_length=40)


class Question(BaseModel):
    """`choice` takes one option, `choices` several, `words` a few lines. Nobody has to answer.
    `text` is by language, and has the survey's own at least."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, json_schema_extra=_BY_KIND
    )

    id: QuestionId
    kind: Kind
    text: dict[Tag, Asked] = Field(min_length=1, max_length=40)
    options: list[Option] = Field(default=[], max_length=MOST_OPTIONS)

    @model_validator(mode="after")
    def _has_options_to_choose_from(self) -> Self:
        if self.kind == "words" and self.options:
            raise PydanticCustomError("options_unwanted", "a question for words has no options")
        if self.kind != "words" and len(self.options) < 2:
            raise PydanticCustomError("options_missing", "a choice needs two options or more")
        refuse_twice([option.id for option in self.options], "two options have the same id")
        return self

    @model_validator(mode="after")
    def _speaks_as_its_options_do(self) -> Self:
        for texts in (self.text, *(option.text for option in self.options)):
            refuse_twice(spoken(texts), "the same language is there twice")
        languages = set(spoken(self.text))
        if any(set(spoken(option.text)) != languages for option in self.options):
            detail = "an option has the languages of its question, each of them"
            raise PydanticCustomError(LANGUAGE_MISSING, detail)
        return self


def refuse_twice(given: Sequence[str], detail: str) -> None:
    """Raises PydanticCustomError."""
    if len(set(given)) < len(given):
        raise PydanticCustomError(GIVEN_TWICE, "{detail}", {"detail": detail})
