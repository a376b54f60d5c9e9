from typing import Literal

from pydantic import Field

from chalicelib.web.schemas import Count, Day, Id
from chalicelib.web.shape import Shape


class Judgement(Shape):
    state: Literal["none", "settling", "held", "counted", "dismissed"]
    why: str
    posture: str
    count: Count


class Judged(Shape):
    survey: Id
    first: Day = Field(alias="from")
    end: Day = Field(alias="to", description="The day after the last one.")
    states: dict[str, Count]
    reasons: list[Judgement]
