"""What a survey asks beside its score: one choice, several, or words. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.errors import FieldError
from chalicelib.languages import known
from chalicelib.table import Item

MOST: Final = 3
MOST_OPTIONS: Final = 10
LONGEST_WORDS: Final = 1_000
IN_USE = "People were asked it. Make another survey."

Kind = Literal["choice", "choices", "words"]
# What was answered to a question: ids of options, or words.
Given = tuple[str, ...] | str
Answers = Mapping[str, Given]


class Option(Struct, frozen=True):
    """What may be chosen. `text` is by language."""

    id: str
    text: dict[str, str]


class Question(Struct, frozen=True):
    """`choice` takes one option, `choices` several, `words` a few lines. Nobody has to answer.
    `text` is by language, and has the survey's own at least."""

    id: str
    kind: Kind
    text: dict[str, str]
    options: list[Option] = []

    @property
    def shown(self) -> tuple[str, str]:
        """Language and text, once it is read in one."""
        return next(iter(self.text.items()))

    @property
    def shown_options(self) -> list[tuple[str, str]]:
        """Ids and texts, once it is read in one language."""
        return [(option.id, next(iter(option.text.values()))) for option in self.options]

    def read_in(self, *langs: str) -> "Question":
        """With the texts of the first language that it has."""
        options = [Option(option.id, _in_one(option.text, langs)) for option in self.options]
        return replace(self, text=_in_one(self.text, langs), options=options)

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
    options = [Option(option["id"], _texts(option["text"])) for option in stored.get("options", ())]
    return Question(stored["id"], stored["kind"], _texts(stored["text"]), options)


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


def _ids(question: Question) -> set[str]:
    return {option.id for option in question.options}


def _texts(stored: Mapping[str, Any]) -> dict[str, str]:
    """A newer release may have added what is no text."""
    return {tag: text for tag, text in stored.items() if isinstance(text, str)}


def _in_one(texts: Mapping[str, str], langs: Sequence[str]) -> dict[str, str]:
    tags = {_spoken_as(tag): tag for tag in texts}
    found = next((tags[lang] for lang in map(_spoken_as, langs) if lang in tags), min(texts))
    return {found: texts[found]}


def speaks(texts: Mapping[str, str], lang: str) -> bool:
    return _spoken_as(lang) in spoken(texts)


def spoken(texts: Mapping[str, str]) -> list[str]:
    return [_spoken_as(tag) for tag in texts]


def _spoken_as(tag: str) -> str:
    return known(tag) or tag.lower()
