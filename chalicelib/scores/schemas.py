"""The scores as the API shows them. Shares are from 0 to 1. Scores of nps, csat and thumbs
are points of 100; scores of ces are points of its scale from 1 to 7, where 7 is easiest."""

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from chalicelib.periods import Step
from chalicelib.scores.statistics.intervals import Reading
from chalicelib.surveys.scale import Scale
from chalicelib.web.schemas import Day, Doc, Time

Finding = Literal["rise", "fall", "no_clear_change", "too_few"]
Direction = Literal["up", "down", "no_clear_trend"]
Span = TypedDict("Span", {"from": Day, "to": Day})
ScoresSpan = TypedDict("ScoresSpan", {"from": Day, "to": Annotated[Day, Doc("Not in the range.")]})


class ConfidenceInterval(TypedDict):
    low: float
    high: float
    confidence: Annotated[float, Doc("Always 0.95.")]


class BandCount(TypedDict):
    count: int
    share: Annotated[float | None, Doc("Of all answers; null when there are none.")]


class NonResponse(TypedDict):
    """Who was asked and did not answer. Silence is no low score: it is in no score at all."""

    count: int
    share: float | None
    silent: Annotated[int, Doc("Delivered, and nothing heard.")]
    refused: Annotated[int, Doc("Unsubscribed by it, or called it spam.")]
    bounced: Annotated[int, Doc("The mail came back for good.")]


class ResponseRate(TypedDict):
    asked: Annotated[int, Doc("Invitations sent in the range.")]
    answered: Annotated[int, Doc("Of those asked, answered until now.")]
    silent: int
    response_rate: Annotated[float | None, Doc("answered / asked (RR2 of AAPOR).")]
    non_response: NonResponse


class Summary(ResponseRate):
    responses: int
    comments: Annotated[int, Doc("Answers with words.")]
    held: Annotated[
        int | None,
        Doc("Answers that the judge holds, in no score; null where only one segment is looked at."),
    ]
    settling: Annotated[
        int | None,
        Doc("Answers that wait for their ten minutes and the next tick, in no score yet."),
    ]
    distribution: Annotated[dict[str, int], Doc("Answers by point of the scale.")]
    bands: dict[str, BandCount]
    score: Annotated[float | None, Doc("By the metric, not rounded; null without an answer.")]
    score_interval: Annotated[
        ConfidenceInterval | None,
        Doc("95 %: adjusted Wald for nps, Wilson for csat and thumbs, adjusted t for ces."),
    ]
    sd: Annotated[float | None, Doc("Standard deviation of the answers; ces only.")]
    nps: Annotated[float | None, Doc("`score` of a survey whose metric is nps.")]
    nps_interval: ConfidenceInterval | None
    reading: Annotated[Reading, Doc("too_few below 10 answers, early below 30.")]


class Tested(TypedDict):
    """Null while there is no test."""

    adjusted: Annotated[float | None, Doc("The difference that is tested.")]
    low: float | None
    high: float | None
    statistic: Annotated[float | None, Doc("z; of ces, Welch's t.")]
    p: float | None
    p_adjusted: Annotated[float | None, Doc("By Holm, over all that is tested at once.")]


class Compared(Tested):
    """Tested only when both sides have 20 answers."""

    responses: Annotated[int, Doc("Answers of the other side.")]
    reading: Annotated[Reading, Doc("Of the side with fewer answers.")]
    score: float | None
    score_interval: ConfidenceInterval | None
    difference: Annotated[float | None, Doc("Of the two scores as they are shown.")]
    finding: Annotated[Finding, Doc("A rise or a fall needs p_adjusted below 0.05.")]


class ScoreChange(Compared, Span):
    pass


class Trend(Span):
    """A straight line through the answers of the last twelve whole months."""

    months: Annotated[int, Doc("Those with answers.")]
    per_month: float
    low: float
    high: float
    p: float
    direction: Direction


class Wins(TypedDict):
    praise: Annotated[int, Doc("Comments of people in the best band.")]
    loops_closed: Annotated[
        int | None,
        Doc("Null where only one segment is looked at, as are the causes fixed."),
    ]
    causes_fixed: int | None


class Period(Summary, Span):
    pass


class SegmentScores(Summary):
    segment: str
    value: str
    gap: Annotated[Compared, Doc("Against the rest of the survey.")]
    change: Compared | None


class ScoreParts(TypedDict):
    """What `fields` chooses from, besides the segments."""

    responses: NotRequired[Annotated[int, Doc(default=0)]]
    comments: NotRequired[Annotated[int, Doc(default=0)]]
    held: NotRequired[int | None]
    settling: NotRequired[int | None]
    distribution: NotRequired[Annotated[dict[str, int], Doc(default={})]]
    bands: NotRequired[Annotated[dict[str, BandCount], Doc(default={})]]
    score: NotRequired[float | None]
    score_interval: NotRequired[ConfidenceInterval | None]
    sd: NotRequired[float | None]
    nps: NotRequired[float | None]
    nps_interval: NotRequired[ConfidenceInterval | None]
    reading: NotRequired[Annotated[Reading, Doc(default="too_few")]]
    asked: NotRequired[Annotated[int, Doc(default=0)]]
    answered: NotRequired[Annotated[int, Doc(default=0)]]
    silent: NotRequired[Annotated[int, Doc(default=0)]]
    response_rate: NotRequired[float | None]
    non_response: NotRequired[NonResponse | None]
    change: NotRequired[
        Annotated[
            ScoreChange | None,
            Doc("Null without anything before, and in a first year unless `compare` asks for it."),
        ]
    ]
    trend: NotRequired[Annotated[Trend | None, Doc("Null until `trend_from`.")]]
    trend_from: NotRequired[Annotated[Day | None, Doc("A year after the first answer.")]]
    wins: NotRequired[Wins | None]
    periods: NotRequired[Annotated[list[Period], Doc(default=[])]]


class Scores(ScoresSpan, ScoreParts):
    """With `fields`, only the parts that were chosen."""

    survey: str
    metric: Scale
    tz: str
    as_of: Annotated[Time, Doc("When the counts were read. What settles later is not in them.")]
    interval: Step
    segment: str | None
    trial: Annotated[bool, Doc("The survey counts what scripts send: numbers to try things with.")]
    segments: NotRequired[Annotated[list[SegmentScores], Doc("Only with `by`.", default=[])]]
