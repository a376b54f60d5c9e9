"""What the routes of tasks take and give."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from typing_extensions import TypedDict

from chalicelib.invitations.ticket import Ticket
from chalicelib.surveys.fields import Cause, Line, SurveyId, TeamId
from chalicelib.surveys.scale import Band
from chalicelib.tasks.history import MOST, What
from chalicelib.tasks.task import State
from chalicelib.text import CONTROLS, TURNS, VISIBLE
from chalicelib.web.fitting import has, when
from chalicelib.web.pagination import DEFAULT_LIMIT, LARGEST_LIMIT, Cursor
from chalicelib.web.query import Query, Whole
from chalicelib.web.schemas import HIDDEN, Days, Doc, Time, TimeOrDay
from chalicelib.web.times import Moment

LONGEST_TOLD: Final = 2000
# Lines with something to read on them.
_LINES = rf"^(?:[^{CONTROLS}{TURNS}]|[\n\t])*{VISIBLE}(?:[^{CONTROLS}{TURNS}]|[\n\t])*$"
Lines = Annotated[
    str, StringConstraints(max_length=LONGEST_TOLD, pattern=_LINES), AfterValidator(str.strip)
]


class TasksQuery(Query):
    state: State = Field(
        default="open",
        description="`open`: all that are not closed, taken and waiting ones too. Open tasks come"
        " the most urgent first, closed ones the last closed first.",
    )
    survey: SurveyId | None = Field(None, description="Only of this survey.")
    team: TeamId | None = Field(None, description="Only of the team with this id.")
    owner: TeamId | None = Field(None, description="Only of this one of a team's people.")
    overdue: Literal["true", "false"] | None = Field(
        None, description="Only tasks that are shown as overdue, or that are not."
    )
    limit: Whole = Field(
        default=DEFAULT_LIMIT, ge=1, le=LARGEST_LIMIT, description="Tasks on a page."
    )
    cursor: Cursor | None = None


class OpenTask(BaseModel):
    """Opens a task again, and gives back one that was taken; how it was closed is forgotten."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["open"]


class TaskBody(BaseModel):
    """`note` says what is to be done."""

    model_config = ConfigDict(extra="forbid")

    survey: SurveyId
    note: Line
    due_at: Moment
    owner: TeamId | None = None


class NotedTask(BaseModel):
    """Hands a task on to another owner, or leaves a line in its history."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra=when(has(owner={}), {}, has(note={})),
    )

    owner: TeamId | None = None
    note: Line | None = None


class TakenTask(BaseModel):
    """Somebody acts on it: the owner that is named, or the one that it has."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["taken"]
    owner: TeamId | None = None
    note: Line | None = None


class WaitingTask(BaseModel):
    """It is taken, and nobody can do anything until then. Its due time stays."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["waiting"]
    until: Moment
    note: Line | None = None


class ClosedTask(BaseModel):
    """Of a task that is closed already, what is left out stays; a note of null goes away. `tell`
    is mailed to the person who answered, once, and asks whether it helped. Both take lines, and the
    history keeps them."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["closed"]
    cause: Cause | None = None
    fixed: Annotated[bool, Field(strict=True)] | None = None
    note: Lines | None = None
    tell: Lines | None = None


class TaskResponse(TypedDict):
    """The answer as it stands now."""

    score: int
    band: Band
    comment: str | None
    answers: Annotated[dict[str, list[str]], Doc("To the survey's questions.")]
    address: Annotated[
        str | None,
        Doc(f"What somebody typed who asked an anonymous survey to be contacted. {HIDDEN}"),
    ]
    answered_at: TimeOrDay
    changed_at: TimeOrDay


class TaskEntry(TypedDict):
    at: TimeOrDay
    by: Annotated[
        str,
        Doc(
            "The id of the key, or of one of the team's people; `heed` where nobody did it,"
            " `person`: whoever had answered."
        ),
    ]
    what: What
    owner: Annotated[str | None, Doc("Who it was handed on to.")]
    until: Annotated[Time | None, Doc("Until when it waits.")]
    note: str | None


class Task(TypedDict):
    id: Annotated[
        str, Doc("That of the response it is about; of a sealed survey, that of a release.")
    ]
    survey: str
    team: Annotated[str, Doc("As the survey names it.")]
    team_id: Annotated[str | None, Doc("Of `/v1/teams`; null: it waits for whoever looks.")]
    owner: Annotated[str | None, Doc("The id of one of the team's people; null: nobody's.")]
    state: State
    waits_until: Time | None
    overdue: Annotated[
        bool, Doc("The due time, or the day that is shown, passed while the task was open.")
    ]
    created_at: TimeOrDay
    due_at: TimeOrDay
    closed_at: Time | None
    cause: Annotated[str | None, Doc("Of the trouble, as the team first spelled it.")]
    fixed: Annotated[bool | None, Doc("The cause itself is gone, not only this case.")]
    note: str | None
    tell: Annotated[str | None, Doc(f"What the person was told. {HIDDEN}")]
    helped: Annotated[bool | None, Doc("What they said to it.")]
    history: Annotated[list[TaskEntry], Doc(f"The last {MOST} changes, in their order.")]
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
