"""What the time line of an account gives."""

from typing import Annotated, Literal

from typing_extensions import TypedDict

from chalicelib.outcomes.schemas import Outcome
from chalicelib.surveys.scale import Band
from chalicelib.tasks.task import State as TaskState
from chalicelib.web.schemas import Doc, NextCursor, Time


class TimelineAnswer(TypedDict):
    survey: str
    score: int | None
    band: Band | None
    comment: str | None


class TimelineTask(TypedDict):
    survey: str
    state: TaskState
    owner: Annotated[str | None, Doc("The id of one of the team's people.")]
    due_at: Time
    closed_at: Time | None
    cause: str | None


class TimelineEntry(TypedDict):
    """One of `answer`, `task` and `outcome` is there, as `kind` says."""

    at: Annotated[Time, Doc("When it was answered, opened, or happened.")]
    kind: Literal["answer", "task", "outcome"]
    id: str
    person: str | None
    answer: TimelineAnswer | None
    task: TimelineTask | None
    outcome: Outcome | None


class Timeline(TypedDict):
    since: Annotated[Time, Doc("What was asked or happened before is not looked at.")]
    all_people: Annotated[bool, Doc("False: the account has more than 200, and more is not shown.")]
    items: list[TimelineEntry]
    next: NextCursor
