"""What the route of the loop gives."""

from typing import Annotated

from typing_extensions import TypedDict

from chalicelib.scores.schemas import Wins
from chalicelib.scores.statistics.intervals import Reading
from chalicelib.web.schemas import Days, Doc

EARLY = "Null while `reading` is too_few."


class Tasks(TypedDict):
    """Of the tasks that were opened in the range."""

    opened: int
    improved: Annotated[
        int, Doc("The answer asks for nobody any more; nobody had to act. They are in no share.")
    ]
    touched: Annotated[int, Doc("Somebody took it, noted something, or closed it.")]
    closed: int
    overdue: Annotated[int, Doc("Not closed before its due time.")]


class InTime(TypedDict):
    """Of the tasks that were done or whose due time is over."""

    count: int
    of: int
    share: Annotated[float | None, Doc(f"From 0 to 1. {EARLY}")]
    low: Annotated[float | None, Doc("The 95 % interval of the share (Wilson).")]
    high: float | None


class Hours(TypedDict):
    """Medians in whole hours, above a week in whole days. What is not done yet counts as longer
    than all that is."""

    clock: Annotated[float | None, Doc(f"{EARLY} Also while most are not done.")]
    worked: Annotated[float | None, Doc("In the working hours of the team that has the task.")]


class MonthCount(TypedDict):
    month: str
    count: int


class CauseCourse(TypedDict):
    cause: str
    count: Annotated[int, Doc("Tasks closed with it in the range, whenever they were opened.")]
    fixed: Annotated[int, Doc("Of these, how many had their cause removed.")]
    months: list[MonthCount]


class Helped(TypedDict):
    """Answers to *Did this help?*, of the tasks that were opened in the range."""

    yes: int
    no: int


class WinsOfTheWeek(Wins, Days):
    pass


class LoopParts(TypedDict):
    reading: Annotated[
        Reading,
        Doc(
            "By the tasks that were closed or whose due time is over: too_few below 10, or while"
            " these are less than four in five of all; early below 30."
        ),
    ]
    tasks: Tasks
    touched_in_time: InTime
    closed_in_time: InTime
    hours_to_touch: Hours
    hours_to_close: Hours
    causes: Annotated[list[CauseCourse], Doc("The most frequent first, then by name.")]
    helped: Helped


class Loop(LoopParts, Days):
    survey: str
    tz: Annotated[str, Doc("The zone of the days.")]
    wins_of_the_week: Annotated[WinsOfTheWeek, Doc("The last seven days, today included.")]
