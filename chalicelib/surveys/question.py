"""What a survey asks beside its score: one choice, several, or words. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from chalicelib.errors import GIVEN_TWICE, LANGUAGE_MISSING, FieldError
from chalicelib.languages import known
from chalicelib.table import Item
from chalicelib.text import LINE
from chalicelib.web.fitting import fields, has, when

MOST: Final = 3
MOST_OPTIONS: Final = 10
LONGEST_WORDS: Final = 1_000
IN_USE = "People were asked it. Make another survey."

# Short: it names a count in each cell of the survey.
QuestionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,19}$")]
Tag = Annotated[
    str, StringConstraints(max_length=35, pattern=r"^[A-Za-z]{1,8}([_-][A-Za-z0-9]{1,8})*$")
]
Label = Annotated[str, StringConstraints(max_length=60, pattern=LINE), AfterValidator(str.strip)]
Asked = Annotated[str, StringConstraints(max_length=200, pattern=LINE), AfterValidator(str.strip)]
# What was answered to a question: ids of options, or words.
Given = tuple[str, ...] | str
Answers = Mapping[str, Given]

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
    kind: Literal["choice", "choices", "words"]
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
            refuse_twice(_spoken(texts), "the same language is there twice")
        spoken = set(_spoken(self.text))
        if any(set(_spoken(option.text)) != spoken for option in self.options):
            detail = "an option has the languages of its question, each of them"
            raise PydanticCustomError(LANGUAGE_MISSING, detail)
        return self

    @property
    def shown(self) -> tuple[str, str]:
        """Language and text, once it is read in one."""
        return next(iter(self.text.items()))

    @property
    def shown_options(self) -> list[tuple[str, str]]:
        """Ids and texts, once it is read in one language."""
        return [(option.id, next(iter(option.text.values()))) for option in self.options]

    def speaks(self, lang: str) -> bool:
        return _spoken_as(lang) in _spoken(self.text)

    def read_in(self, *langs: str) -> "Question":
        """With the texts of the first language that it has."""
        options = [
            Option.model_construct(id=option.id, text=_in_one(option.text, langs))
            for option in self.options
        ]
        return self.model_copy(update={"text": _in_one(self.text, langs), "options": options})

    def known(self, chosen: Collection[str]) -> tuple[str, ...]:
        """Those that are options, in the survey's order; of a choice one at most."""
        found = tuple(option.id for option in self.options if option.id in chosen)
        return found if self.kind == "choices" else found[:1]


def answers_to_item(answers: Answers) -> Item:
    return {
        question: given if isinstance(given, str) else list(given)
        for question, given in answers.items()
    }


def shown_answers(answers: Answers) -> dict[str, list[str]]:
    """Words are a list of one."""
    return {
        question: [given] if isinstance(given, str) else list(given)
        for question, given in answers.items()
    }


def answers_from_item(stored: Item) -> dict[str, Given]:
    """Without what a newer release may have added."""
    return {
        question: given if isinstance(given, str) else tuple(given)
        for question, given in stored.items()
        if isinstance(given, str | list)
    }


def words_of(answers: Answers) -> dict[str, Given]:
    """Those that somebody wrote."""
    return {question: given for question, given in answers.items() if isinstance(given, str)}


def from_item(stored: Item) -> Question:
    """As it was validated before it was stored."""
    options = [
        Option.model_construct(id=option["id"], text=_texts(option["text"]))
        for option in stored.get("options", ())
    ]
    return Question.model_construct(
        id=stored["id"], kind=stored["kind"], text=_texts(stored["text"]), options=options
    )


def questions_in_use(before: Sequence[Question], after: Sequence[Question]) -> list[FieldError]:
    """What answers that were given would lose by the change. Texts may be mended, and questions
    and options added."""
    now = {question.id: question for question in after}
    return [error for question in before for error in _losses(question, now.get(question.id))]


def _losses(before: Question, after: Question | None) -> Iterator[FieldError]:
    if after is None:
        yield FieldError("#/questions", "question_in_use", f"{before.id}: {IN_USE}")
    elif after.kind != before.kind:
        yield FieldError("#/questions", "kind_in_use", f"{before.id}: {IN_USE}")
    elif lost := _ids(before) - _ids(after):
        named = ", ".join(sorted(lost))
        yield FieldError("#/questions", "option_in_use", f"{before.id}, {named}: {IN_USE}")


def refuse_twice(given: Sequence[str], detail: str) -> None:
    if len(set(given)) < len(given):
        raise PydanticCustomError(GIVEN_TWICE, "{detail}", {"detail": detail})


def _ids(question: Question) -> set[str]:
    return {option.id for option in question.options}


def _texts(stored: Mapping[str, Any]) -> dict[str, str]:
    """A newer release may have added what is no text."""
    return {tag: text for tag, text in stored.items() if isinstance(text, str)}


def _in_one(texts: Mapping[str, str], langs: Sequence[str]) -> dict[str, str]:
    tags = {_spoken_as(tag): tag for tag in texts}
    found = next((tags[lang] for lang in map(_spoken_as, langs) if lang in tags), min(texts))
    return {found: texts[found]}


def _spoken(texts: Mapping[str, str]) -> list[str]:
    return [_spoken_as(tag) for tag in texts]


def _spoken_as(tag: str) -> str:
    return known(tag) or tag.lower()
