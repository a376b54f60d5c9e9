"""The entries of chalicelib/web/contract.py that tell numbers. Nothing here runs in a Lambda."""

from chalicelib.api_keys.api_key import Scope
from chalicelib.outcomes.query import OutcomesQuery
from chalicelib.outcomes.schemas import OutcomeReportShape
from chalicelib.responses.judged_schema import Judged
from chalicelib.scores.benchmarks.schemas import BenchmarksShape
from chalicelib.scores.benchmarks.show_benchmarks import BenchmarksQuery
from chalicelib.scores.goals.schemas import GoalListShape, GoalShape
from chalicelib.scores.goals.set_goal import GoalBody
from chalicelib.scores.insights.schemas import InsightsShape
from chalicelib.scores.query import ScoresQuery
from chalicelib.scores.schemas import ScoresShape
from chalicelib.tasks.schemas import CausesShape
from chalicelib.web.days import DaysQuery
from chalicelib.web.operation import CSV, Operation, gone, made, ok
from chalicelib.web.query import Query

NUMBERS = (
    Operation(
        "GET",
        "/v1/surveys/{survey}/scores",
        "Show the scores",
        ok("The range, its periods, and with `by` its segments.", ScoresShape, also=(CSV,)),
        Scope.SCORES_READ,
        "Exact, and equally fast at any number of responses. `reading` tells how far to"
        " trust them. Nothing is sorted by score and no score is of an employee: a request"
        " that tries is refused (400) with the reason.",
        query=ScoresQuery,
        cached=True,
    ),
    Operation(
        "GET",
        "/v1/benchmarks",
        "Show every survey beside its own baseline",
        ok(
            "Internal and external ones apart, in the order of names.", BenchmarksShape, also=(CSV,)
        ),
        Scope.SCORES_READ,
        "A survey is compared with its own first answers and with its goal, never with another.",
        query=BenchmarksQuery,
        cached=True,
    ),
    Operation(
        "GET",
        "/v1/surveys/{survey}/insights",
        "Say what stands out",
        ok("Plain sentences, each with its numbers; none claims a cause.", InsightsShape),
        Scope.SCORES_READ,
        query=DaysQuery,
        cached=True,
    ),
    Operation(
        "GET",
        "/v1/surveys/{survey}/goals",
        "List the goals",
        ok("The one that ends first comes first.", GoalListShape),
        Scope.SURVEYS_READ,
        query=Query,
    ),
    Operation(
        "POST",
        "/v1/surveys/{survey}/goals",
        "Set a goal",
        made("The goal, and where it stands.", GoalShape),
        Scope.SURVEYS_WRITE,
        body=GoalBody,
        example={"metric": "score", "target": 40, "by": "2027-06-30"},
        repeats=True,
    ),
    Operation(
        "DELETE",
        "/v1/surveys/{survey}/goals/{goal}",
        "Give a goal up",
        gone("It is gone."),
        Scope.SURVEYS_WRITE,
    ),
    Operation(
        "GET",
        "/v1/surveys/{survey}/outcomes",
        "Show outcomes beside what people had answered",
        ok(
            "A row for each band, for the silent and the never asked.",
            OutcomeReportShape,
            also=(CSV,),
        ),
        Scope.OUTCOMES_READ,
        "Two things that move together need not explain each other.",
        query=OutcomesQuery,
    ),
    Operation(
        "GET",
        "/v1/surveys/{survey}/causes",
        "Count the causes that tasks were closed with",
        ok("The most frequent first.", CausesShape),
        Scope.TASKS_READ,
        query=DaysQuery,
    ),
    Operation(
        "GET",
        "/v1/surveys/{survey}/judged",
        "Show what the judge does",
        ok("Counts by state, reason and mail posture.", Judged),
        Scope.RESPONSES_READ,
        query=DaysQuery,
    ),
)
