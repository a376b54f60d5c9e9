"""What the scores look like. Shares are from 0 to 1; scores of nps, csat and thumbs are points
of 100, of ces points of its scale from 1 to 7, 7 the easiest."""

from datetime import date
from typing import Literal

from pydantic import Field

from chalicelib.web.shape import Shape

Metric = Literal["nps", "csat", "ces", "thumbs"]
Finding = Literal["rise", "fall", "no_clear_change", "too_few"]
Reading = Literal["too_few", "early", "steady"]


class IntervalShape(Shape):
    low: float
    high: float
    confidence: float = Field(description="Always 0.95.")


class BandShape(Shape):
    count: int
    share: float | None = Field(description="Of all answers; null when there are none.")


class NonResponseShape(Shape):
    """Who was asked and did not answer. Silence is no low score: it is in no score at all."""

    count: int
    share: float | None
    silent: int = Field(description="Delivered, and nothing heard.")
    refused: int = Field(description="Unsubscribed by it, or called it spam.")
    bounced: int = Field(description="The mail came back for good.")


class SummaryShape(Shape):
    responses: int
    comments: int = Field(description="Answers with words.")
    held: int | None = Field(
        description="Answers that the judge holds, in no score; null where only one segment is"
        " looked at."
    )
    distribution: dict[str, int] = Field(description="Answers by point of the scale.")
    bands: dict[str, BandShape]
    score: float | None = Field(description="By the metric, not rounded; null without an answer.")
    score_interval: IntervalShape | None = Field(
        description="95 %: adjusted Wald for nps, Wilson for csat and thumbs, t for ces."
    )
    sd: float | None = Field(description="Standard deviation of the answers; ces only.")
    nps: float | None = Field(description="`score` of a survey whose metric is nps.")
    nps_interval: IntervalShape | None
    reading: Reading = Field(description="too_few below 10 answers, early below 30.")
    asked: int = Field(description="Invitations sent in the range.")
    answered: int = Field(description="Of those asked, answered until now.")
    silent: int
    response_rate: float | None = Field(description="answered / asked (RR2 of AAPOR).")
    non_response: NonResponseShape


class ComparedShape(Shape):
    """Tested only when both sides have 20 answers."""

    responses: int = Field(description="Answers of the other side.")
    score: float | None
    score_interval: IntervalShape | None
    difference: float | None = Field(description="Of the two scores as they are shown.")
    adjusted: float | None = Field(description="The difference that is tested.")
    low: float | None
    high: float | None
    statistic: float | None = Field(description="z; of ces, Welch's t.")
    p: float | None
    p_adjusted: float | None = Field(description="By Holm, over all that is tested at once.")
    finding: Finding = Field(description="A rise or a fall needs p_adjusted below 0.05.")


class ChangeShape(ComparedShape):
    first: date = Field(alias="from")
    end: date = Field(alias="to")


class TrendShape(Shape):
    """A straight line through the last twelve whole months, weighed by their errors."""

    first: date = Field(alias="from")
    end: date = Field(alias="to")
    months: int = Field(description="Those with answers.")
    per_month: float
    low: float
    high: float
    p: float
    direction: Literal["up", "down", "no_clear_trend"]


class WinsShape(Shape):
    praise: int = Field(description="Comments of people in the best band.")
    loops_closed: int | None = Field(
        description="Null where only one segment is looked at, as are the causes fixed."
    )
    causes_fixed: int | None


class PeriodShape(SummaryShape):
    first: date = Field(alias="from")
    end: date = Field(alias="to")


class SegmentShape(SummaryShape):
    segment: str
    value: str
    gap: ComparedShape = Field(description="Against the rest of the survey.")
    change: ComparedShape | None


class ScoresShape(Shape):
    """With `fields`, only the parts that were chosen."""

    survey: str
    metric: Metric
    tz: str
    first: date = Field(alias="from")
    end: date = Field(alias="to", description="Not in the range.")
    interval: Literal["day", "week", "month", "quarter"]
    segment: str | None
    responses: int = Field(default=0)
    comments: int = Field(default=0)
    held: int | None = None
    distribution: dict[str, int] = Field(default={})
    bands: dict[str, BandShape] = Field(default={})
    score: float | None = None
    score_interval: IntervalShape | None = None
    sd: float | None = None
    nps: float | None = None
    nps_interval: IntervalShape | None = None
    reading: Reading = Field(default="too_few")
    asked: int = 0
    answered: int = 0
    silent: int = 0
    response_rate: float | None = None
    non_response: NonResponseShape | None = None
    change: ChangeShape | None = Field(default=None, description="Null without anything before.")
    trend: TrendShape | None = Field(default=None, description="Null until `trend_from`.")
    trend_from: date | None = Field(default=None, description="A year after the first answer.")
    wins: WinsShape | None = None
    periods: list[PeriodShape] = Field(default=[])
    segments: list[SegmentShape] = Field(default=[], description="Only with `by`.")
