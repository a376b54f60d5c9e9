"""What the team of a sealed survey and whoever holds a receipt write to each other, about one
published answer. Pure."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.discreet import Discreet
from chalicelib.errors import Conflict, FieldError

MOST, LONGEST = 30, 1000  # messages, and characters of one


class Side(StrEnum):
    TEAM = "team"
    PERSON = "person"


class Message(Discreet, frozen=True):
    """`day` is the first one on which the other side may read it."""

    hidden = ("text",)

    by: Side
    day: str
    text: str


class Conversation(Struct, frozen=True):
    """`answer` is the id of the published answer. `ended`: its words were taken away."""

    survey: str
    answer: str
    messages: tuple[Message, ...] = ()
    ended: bool = False

    @property
    def is_full(self) -> bool:
        return len(self.messages) >= MOST

    def told_to_team(self, today: str) -> tuple[Message, ...]:
        return tuple(one for one in self.messages if one.by is Side.TEAM or one.day <= today)


def said(before: Conversation, message: Message) -> Conversation:
    """The same words twice in a row are said once. Raises Conflict."""
    last = before.messages[-1] if before.messages else None
    if last and (last.by, last.text) == (message.by, message.text):
        return before
    if before.ended:
        detail = "Whoever gave this answer took the words away, and the conversation with them."
        raise Conflict([FieldError("response", "conversation_ended", detail)])
    if before.is_full:
        detail = f"A conversation has {MOST} messages at most."
        raise Conflict([FieldError("response", "conversation_full", detail)])
    return replace(before, messages=(*before.messages, message))
