"""What the API answers to a help desk."""

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from chalicelib.web.schemas import Doc, Id


class HookAccepted(TypedDict):
    status: Literal["accepted"]
    id: Id
    reason: NotRequired[
        Annotated[Literal["taken_before"], Doc("There was an invitation for it already.")]
    ]


class HookIgnored(TypedDict):
    status: Literal["ignored"]
    reason: Annotated[str, Doc("Why nobody is asked.")]


class HookRefused(TypedDict):
    """One of several items that is wrong by itself."""

    status: Literal["refused"]
    reason: str


class HookTaken(TypedDict):
    """Of a tool that tells of several tickets at once."""

    status: Literal["taken"]
    items: list[HookAccepted | HookIgnored | HookRefused]
