from typing import Literal

from chalicelib.web.schemas import Id
from chalicelib.web.shape import Shape


class HookAccepted(Shape):
    status: Literal["accepted"]
    id: Id


class HookIgnored(Shape):
    status: Literal["ignored"]
    reason: str
