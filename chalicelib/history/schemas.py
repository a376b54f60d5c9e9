"""What the history shows."""

from typing import Annotated

from typing_extensions import TypedDict

from chalicelib.web.schemas import Doc, NextCursor, Time


class Change(TypedDict):
    at: Time
    act: Annotated[
        str,
        Doc(
            "What was done: the operation of this document, of a page, or the operator's command."
            " With `_done` it is the end of what takes long."
        ),
    ]
    what: Annotated[
        str,
        Doc(
            "The address of what was changed, of the API or of a page, or the command. People,"
            " answers and invitations stand as a name in braces."
        ),
    ]
    by: Annotated[
        str,
        Doc(
            "The id of a key or of a member, `operator` with the role or user that AWS knows,"
            " such as `operator:role/Admin`, or `heed` for what goes on by itself."
        ),
    ]
    survey: Annotated[str | None, Doc("Null: it is of none, or of several.")]


class History(TypedDict):
    items: list[Change]
    next: NextCursor
