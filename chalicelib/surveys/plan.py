"""What follows an answer, as data of its survey. tasks/plan.py says what it comes to. Pure."""

from typing import Any, Final, Literal, get_args

from msgspec import Struct, field
from msgspec.structs import asdict

from chalicelib.surveys.scale import Band
from chalicelib.table import Item, known_of

Do = Literal[
    "open_task",
    "follow_up",
    "words_to_server",
    "words_to_team",
    "notify",
    "call_webhook",
    "note_in_ticket",
]
PlanName = Literal["default", "help_desk", "internal_department", "external_client"]
NAMES: Final = ("default", "help_desk", "internal_department", "external_client")
TO_A_WEBHOOK: Final = ("notify", "call_webhook")
SAID_AGAIN: Final = (*TO_A_WEBHOOK, "note_in_ticket")


class ScoreRange(Struct, frozen=True):
    """Both ends are in it."""

    min: int = 0
    max: int = 10


class When(Struct, frozen=True):
    """Of which answers. All that is given has to hold; nothing given is every answer. `words`:
    whether there is a comment. `contact`: whether the person asks to be contacted."""

    bands: list[Band] = []
    scores: ScoreRange | None = None
    words: bool | None = None
    contact: bool | None = None
    segments: dict[str, str] = {}


class Effect(Struct, frozen=True):
    """`to` is the id of a webhook. `after` is in minutes, from the answer that wants it on.
    `once` false: again for each change of the answer."""

    do: Do
    when: When = field(default_factory=When)
    to: str | None = None
    after: int = 0
    once: bool = True


Plan = PlanName | list[Effect]


def from_item(stored: Any) -> Any:
    """A plan as it was validated before it was stored, without what a newer release may have
    added."""
    if not isinstance(stored, list):
        return stored
    return [_effect(found) for found in stored if found["do"] in get_args(Do)]


def when_to_item(when: When) -> Item:
    """What it says."""
    stored: Item = {"bands": list(map(str, when.bands)), "segments": dict(when.segments)}
    stored |= {"words": when.words, "contact": when.contact}
    stored |= {"scores": asdict(when.scores) if when.scores else None}
    return {name: said for name, said in stored.items() if said not in (None, [], {})}


def when_from_item(stored: Item) -> When:
    scores = stored.get("scores")
    return When(
        bands=list(stored.get("bands", ())),
        scores=ScoreRange(**known_of(ScoreRange, scores)) if scores else None,
        words=stored.get("words"),
        contact=stored.get("contact"),
        segments=dict(stored.get("segments", {})),
    )


def _effect(stored: Item) -> Effect:
    return Effect(
        do=stored["do"],
        when=when_from_item(stored["when"]),
        to=stored.get("to"),
        after=int(stored["after"]),
        once=stored["once"],
    )
