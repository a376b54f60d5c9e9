from typing import Literal

from chalicelib.api.shapes.base import Shape
from chalicelib.api.shapes.kinds import Id


class Health(Shape):
    status: Literal["ok"]


class Nothing(Shape):
    """An empty object."""


class HookAccepted(Shape):
    status: Literal["accepted"]
    id: Id


class HookIgnored(Shape):
    status: Literal["ignored"]
    reason: str
