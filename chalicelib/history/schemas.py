"""What the history shows."""

from typing import Annotated

from typing_extensions import TypedDict

from chalicelib.web.schemas import Doc, Id, NextCursor, Time


class Change(TypedDict):
    at: Time
    act: Annotated[str, Doc("What was done: the operation of this document, or of a page.")]
    what: Annotated[str, Doc("The address of what was changed, of the API or of a page.")]
    by: Annotated[Id, Doc("The id of a key, or of a member.")]
    survey: Annotated[str | None, Doc("Null: it is of none, or of several.")]


class History(TypedDict):
    items: list[Change]
    next: NextCursor
