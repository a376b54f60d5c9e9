"""The scores as the API shows them. Shares are from 0 to 1. Scores of nps, csat and thumbs
are points of 100; scores of ces are points of its scale from 1 to 7, where 7 is easiest."""

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from chalicelib.disclosure.cells import Reason
from chalicelib.disclosure.sealed import Hidden
from chalicelib.periods import Step
from chalicelib.scores.asked import QuestionCounts
from chalicelib.scores.raw import RawComparison, RawScore, RawTrend
from chalicelib.scores.statistics.intervals import Reading
from chalicelib.surveys.scale import Scale
from chalicelib.web.schemas import Day, Doc, Time

SENTENCE = "14 of 100, 66 answers, between -9 and 36: no clear change"
Finding = Literal["rise", "fall", "no_clear_change", "too_few"]
Direction = Literal["up", "down", "no_clear_trend"]
Says = Annotated[str, Doc("The score in a sentence.", examples=[SENTENCE])]
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
    """Of a sealed survey they are of its whole life, and null in a part of it."""

    asked: Annotated[int | None, Doc("Invitations sent in the range.")]
    answered: Annotated[int | None, Doc("Of those asked, answered so far.")]
    answered_in_7d: Annotated[
        int | None,
        Doc(
            "Of those asked, answered within seven days. Between two ranges only this is"
            " comparable, once the last ones were asked seven days ago."
        ),
    ]
    silent: int | None
    response_rate: Annotated[
        float | None,
        Doc("answered / asked (RR2 of AAPOR) so far: it rises as long as people answer."),
    ]
    non_response: NonResponse | None


class Summary(ResponseRate):
    responses: int
    hidden: Annotated[
        Hidden | None,
        Doc(
            "Why a sealed survey shows no score here: fewer answers than its smallest group, or"
            " fewer than 20 that all fall in one band."
        ),
    ]
    comments: Annotated[
        int | None, Doc("Answers with words; of a sealed survey from 10 answers on.")
    ]
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
    says: Says
    score: Annotated[float | None, Doc("By the metric; null without an answer.")]
    score_interval: Annotated[
        ConfidenceInterval | None,
        Doc("95 %: adjusted Wald for nps, Wilson for csat and thumbs, adjusted t for ces."),
    ]
    sd: Annotated[float | None, Doc("Standard deviation of the answers; ces only.")]
    nps: Annotated[float | None, Doc("`score` of a survey whose metric is nps.")]
    nps_interval: ConfidenceInterval | None
    raw: RawScore | None
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
    raw: Annotated[RawComparison | None, Doc("Null where one side has no answer.")]
    finding: Annotated[Finding, Doc("A rise or a fall needs p_adjusted below 0.05.")]


class ScoreChange(Compared, Span):
    pass


class Trend(Span):
    """A straight line through the answers of the last twelve whole months."""

    months: Annotated[int, Doc("Those with answers.")]
    per_month: float
    low: float
    high: float
    raw: RawTrend
    p: float
    direction: Direction


class Wins(TypedDict):
    praise: Annotated[
        int | None,
        Doc("Comments of people in the best band; of a sealed survey from 20 answers on."),
    ]
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


class CellScores(TypedDict):
    """One value of a segment of a sealed survey, over its whole life."""

    segment: str
    value: str
    release: Annotated[int, Doc("The release after which these numbers were shown.")]
    hidden: Annotated[
        Reason | None,
        Doc("Why no number is shown; `protects_another`: it would tell of a smaller group."),
    ]
    responses: int | None
    distribution: dict[str, int]
    bands: dict[str, BandCount]
    says: Says
    score: float | None
    score_interval: ConfidenceInterval | None
    raw: RawScore | None
    reading: Reading | None


class ScoreParts(TypedDict):
    """What `fields` chooses from, besides the segments."""

    responses: NotRequired[Annotated[int, Doc(default=0)]]
    hidden: NotRequired[Hidden | None]
    comments: NotRequired[Annotated[int | None, Doc(default=0)]]
    held: NotRequired[int | None]
    settling: NotRequired[int | None]
    distribution: NotRequired[Annotated[dict[str, int], Doc(default={})]]
    bands: NotRequired[Annotated[dict[str, BandCount], Doc(default={})]]
    says: NotRequired[Annotated[Says, Doc(default="no answers")]]
    score: NotRequired[float | None]
    score_interval: NotRequired[ConfidenceInterval | None]
    sd: NotRequired[float | None]
    nps: NotRequired[float | None]
    nps_interval: NotRequired[ConfidenceInterval | None]
    raw: NotRequired[RawScore | None]
    reading: NotRequired[Annotated[Reading, Doc(default="too_few")]]
    asked: NotRequired[Annotated[int | None, Doc(default=0)]]
    answered: NotRequired[Annotated[int | None, Doc(default=0)]]
    answered_in_7d: NotRequired[Annotated[int | None, Doc(default=0)]]
    silent: NotRequired[Annotated[int | None, Doc(default=0)]]
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
    questions: NotRequired[
        Annotated[list[QuestionCounts], Doc("What the survey asks beside the score.", default=[])]
    ]


class Scores(ScoresSpan, ScoreParts):
    """With `fields`, only the parts that were chosen."""

    survey: str
    metric: Scale
    tz: str
    as_of: Annotated[Time, Doc("When the counts were read. What settles later is not in them.")]
    interval: Step
    segment: str | None
    trial: Annotated[bool, Doc("The survey counts what scripts send: numbers to try things with.")]
    segments: NotRequired[
        Annotated[list[SegmentScores | CellScores], Doc("Only with `by`.", default=[])]
    ]
