"""What the routes of goals take and give."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from chalicelib.scores.goals.goal import GoalStatus, Metric
from chalicelib.scores.schemas import ConfidenceInterval
from chalicelib.scores.statistics.intervals import Reading
from chalicelib.web import days
from chalicelib.web.schemas import Day, Days, Doc, NextCursor, Time

Target = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class GoalBody(BaseModel):
    """`metric` may also be the survey's own by its name, `nps` for example."""

    model_config = ConfigDict(extra="forbid")

    metric: Literal["score", "response_rate", "nps", "csat", "ces", "thumbs"]
    target: Target
    by: days.Day


class GoalCounts(Days):
    responses: int
    asked: int
    answered: Annotated[int, Doc("Of those asked.")]


class GoalBaseline(GoalCounts):
    value: Annotated[float | None, Doc("Null while there are too few to say.")]


class GoalNow(GoalCounts):
    """The last 90 days; once the goal's day is past, the 90 days up to it."""

    value: float | None
    interval: Annotated[ConfidenceInterval | None, Doc("A response rate has none.")]
    reading: Reading


class GoalProgress(TypedDict):
    id: str
    metric: Metric
    target: Annotated[float, Doc("Points of the survey's metric, or a share from 0 to 1.")]
    by: Annotated[Day, Doc("The last day, in the survey's zone.")]
    days_left: int
    baseline: Annotated[GoalBaseline | None, Doc("Null until the survey has one.")]
    now: GoalNow
    status: Annotated[
        GoalStatus,
        Doc(
            "`reached` when the low end of the interval is at the target, `on_course`"
            " when only the value is."
        ),
    ]
    needed: Annotated[float | None, Doc("Target less value, at least 0; null with too few.")]
    says: str
    created_at: Time


class GoalList(TypedDict):
    items: Annotated[list[GoalProgress], Doc("The one that ends first comes first.")]
    next: NextCursor
