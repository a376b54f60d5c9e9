"""What the routes of tasks take and give."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from chalicelib.invitations.ticket import Ticket
from chalicelib.surveys.cause import Cause
from chalicelib.surveys.definition import Line
from chalicelib.surveys.scale import Band
from chalicelib.tasks.task import State
from chalicelib.web.pagination import DEFAULT_LIMIT, LARGEST_LIMIT, Cursor
from chalicelib.web.query import Query, Whole
from chalicelib.web.schemas import HIDDEN, Days, Doc, Time, TimeOrDay


class TasksQuery(Query):
    state: State = Field(
        default="open",
        description="Open tasks come the most urgent first, closed ones the last closed first.",
    )
    limit: Whole = Field(
        default=DEFAULT_LIMIT, ge=1, le=LARGEST_LIMIT, description="Tasks on a page."
    )
    cursor: Cursor | None = None


class OpenTask(BaseModel):
    """Opens a task again; how it was closed is forgotten."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["open"]


class ClosedTask(BaseModel):
    """Of a task that is closed already, what is left out stays; a note of null goes away."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["closed"]
    cause: Cause | None = None
    fixed: Annotated[bool, Field(strict=True)] | None = None
    note: Line | None = None


class TaskResponse(TypedDict):
    """The answer as it stands now."""

    score: int
    band: Band
    comment: str | None
    answers: Annotated[dict[str, list[str] | str], Doc("To the survey's questions.")]
    address: Annotated[
        str | None,
        Doc(f"What somebody typed who asked an anonymous survey to be contacted. {HIDDEN}"),
    ]
    answered_at: TimeOrDay
    changed_at: TimeOrDay


class Task(TypedDict):
    id: Annotated[
        str, Doc("That of the response it is about; of a sealed survey, that of a release.")
    ]
    survey: str
    team: Annotated[str, Doc("As the survey names it.")]
    team_id: Annotated[str | None, Doc("Of `/v1/teams`; null: it waits for whoever looks.")]
    state: State
    overdue: Annotated[
        bool, Doc("The due time, or the day that is shown, passed while the task was open.")
    ]
    created_at: TimeOrDay
    due_at: TimeOrDay
    closed_at: Time | None
    cause: Annotated[str | None, Doc("Of the trouble, as the team first spelled it.")]
    fixed: Annotated[bool | None, Doc("The cause itself is gone, not only this case.")]
    note: str | None
    ticket: Annotated[Ticket | None, Doc(f"It names who asked. {HIDDEN}")]
    response: Annotated[
        TaskResponse | None,
        Doc(
            "None once it was erased, and of a sealed survey, unless its person asked for contact."
        ),
    ]


class TaskList(TypedDict):
    items: list[Task]
    next: Annotated[str | None, Doc("The cursor of the next page.")]


class CauseCount(TypedDict):
    cause: str
    count: Annotated[int, Doc("Tasks closed with it.")]


class CauseCounts(Days):
    survey: str
    tz: Annotated[str, Doc("The zone of the days.")]
    opened: Annotated[int, Doc("Tasks opened in the range.")]
    closed: Annotated[int, Doc("Tasks closed in the range, whenever they were opened.")]
    fixed: Annotated[int, Doc("Of these, how many had their cause removed.")]
    causes: Annotated[list[CauseCount], Doc("The most frequent first, then by name.")]
