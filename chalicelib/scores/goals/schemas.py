"""Goals, as the API answers them."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from chalicelib.scores.schemas import IntervalShape
from chalicelib.web.shape import Shape


class GoalBaselineShape(Shape):
    from_: date = Field(alias="from")
    to: date = Field(description="The day after the last one.")
    responses: int
    asked: int
    answered: int = Field(description="Of those asked.")
    value: float | None = Field(description="Null while there are too few to say.")


class GoalNowShape(Shape):
    """The last 90 days; once the goal's day is past, the 90 days up to it."""

    from_: date = Field(alias="from")
    to: date = Field(description="The day after the last one.")
    responses: int
    asked: int
    answered: int = Field(description="Of those asked.")
    value: float | None
    interval: IntervalShape | None = Field(description="A response rate has none.")
    reading: Literal["too_few", "early", "steady"]


class GoalShape(Shape):
    id: str
    metric: Literal["score", "response_rate"]
    target: float = Field(description="Points of the survey's metric, or a share from 0 to 1.")
    by: date = Field(description="The last day, in the survey's zone.")
    days_left: int
    baseline: GoalBaselineShape | None = Field(description="Null until the survey has one.")
    now: GoalNowShape
    status: Literal["reached", "on_course", "behind", "too_few"] = Field(
        description="`reached` when the low end of the interval is at the target, `on_course`"
        " when only the value is."
    )
    needed: float | None = Field(description="Target less value, at least 0; null with too few.")
    says: str
    created_at: AwareDatetime


class GoalListShape(Shape):
    items: list[GoalShape] = Field(description="The one that ends first comes first.")
    next: None
