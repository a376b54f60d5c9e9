"""Benchmarks, as the API answers them."""

from datetime import date
from typing import Literal

from pydantic import Field

from chalicelib.scores.goals.schemas import GoalShape
from chalicelib.scores.schemas import ChangeShape, IntervalShape, NonResponseShape
from chalicelib.web.shape import Shape


class BenchmarkScoreShape(Shape):
    from_: date = Field(alias="from")
    to: date = Field(description="The day after the last one.")
    responses: int
    score: float | None = Field(description="Null when nobody answered.")
    score_interval: IntervalShape | None
    reading: Literal["too_few", "early", "steady"]


class BenchmarkShape(Shape):
    survey: str
    name: str
    team: str
    metric: Literal["nps", "csat", "ces", "thumbs"]
    success: str | None = Field(description="Null while the survey is a draft.")
    baseline: BenchmarkScoreShape | None = Field(
        description="The first whole months that have 100 answers together, or the first three."
    )
    baseline_from: date | None = Field(
        description="From when on there is a baseline, as things stand; null without answers."
    )
    now: BenchmarkScoreShape = Field(description="The last 90 days.")
    change: ChangeShape | None = Field(description="Null without a baseline.")
    asked: int = Field(description="In the last 90 days, as the four below.")
    answered: int
    silent: int
    response_rate: float | None
    non_response: NonResponseShape
    goal: GoalShape | None = Field(description="The open one that ends first.")


class BenchmarksShape(Shape):
    internal: list[BenchmarkShape] = Field(description="In the order of their names.")
    external: list[BenchmarkShape] = Field(description="In the order of their names.")
    next: str | None = Field(description="The cursor of the next page.")
