"""What the API answers to a help desk."""

from typing import Literal

from typing_extensions import TypedDict

from chalicelib.web.schemas import Id


class HookAccepted(TypedDict):
    status: Literal["accepted"]
    id: Id


class HookIgnored(TypedDict):
    status: Literal["ignored"]
    reason: str
