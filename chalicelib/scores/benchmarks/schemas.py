"""What the route of benchmarks takes and gives."""

from typing import Annotated

from typing_extensions import TypedDict

from chalicelib.keys import SURVEYS
from chalicelib.scores.goals.schemas import GoalProgress
from chalicelib.scores.raw import RawScore
from chalicelib.scores.schemas import ConfidenceInterval, NonResponse, Says, ScoreChange
from chalicelib.scores.statistics.intervals import Reading
from chalicelib.surveys.scale import Scale
from chalicelib.table import Item
from chalicelib.web.cursor import listed_after
from chalicelib.web.pagination import Cursor
from chalicelib.web.query import Query
from chalicelib.web.schemas import Day, Days, Doc


class BenchmarksQuery(Query):
    """Nothing chooses or orders surveys: the whole list is the answer."""

    cursor: Cursor | None = None

    @property
    def after(self) -> Item | None:
        """Raises Conflict."""
        return listed_after(self.cursor, SURVEYS)


class BenchmarkScore(Days):
    responses: int
    says: Says
    score: Annotated[float | None, Doc("Null when nobody answered.")]
    score_interval: ConfidenceInterval | None
    raw: RawScore | None
    reading: Reading


class Benchmark(TypedDict):
    survey: str
    name: str
    team: str
    metric: Scale
    success: Annotated[str | None, Doc("Null while the survey is a draft.")]
    baseline: Annotated[
        BenchmarkScore | None,
        Doc("The first whole months that have 100 answers together, or the first three."),
    ]
    baseline_from: Annotated[
        Day | None,
        Doc("From when on there is a baseline, as things stand; null without answers."),
    ]
    now: Annotated[BenchmarkScore, Doc("The last 90 days.")]
    change: Annotated[ScoreChange | None, Doc("Null without a baseline.")]
    asked: Annotated[
        int | None,
        Doc("In the last 90 days, as the five below; of a sealed survey, over its whole life."),
    ]
    answered: Annotated[int | None, Doc("So far.")]
    answered_in_7d: int | None
    silent: int | None
    response_rate: float | None
    non_response: NonResponse | None
    goal: Annotated[GoalProgress | None, Doc("The open one that ends first.")]


class Benchmarks(TypedDict):
    internal: Annotated[list[Benchmark], Doc("In the order of their names.")]
    external: Annotated[list[Benchmark], Doc("In the order of their names.")]
    next: Annotated[str | None, Doc("The cursor of the next page.")]
