"""Tasks, and what they were closed with, as the API answers them."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from chalicelib.surveys.scale import Band
from chalicelib.web.schemas import Ticket
from chalicelib.web.shape import Shape


class TaskResponseShape(Shape):
    """The answer as it stands now."""

    score: int
    band: Band
    comment: str | None
    answered_at: AwareDatetime
    changed_at: AwareDatetime


class TaskShape(Shape):
    id: str = Field(description="That of the response it is about.")
    survey: str
    team: str
    state: Literal["open", "closed"]
    overdue: bool = Field(description="The due time passed while the task was open.")
    created_at: AwareDatetime
    due_at: AwareDatetime
    closed_at: AwareDatetime | None
    cause: str | None = Field(description="Of the trouble, as the team first spelled it.")
    fixed: bool | None = Field(description="The cause itself is gone, not only this case.")
    note: str | None
    ticket: Ticket | None
    response: TaskResponseShape | None = Field(description="None once it was erased.")


class TaskListShape(Shape):
    items: list[TaskShape]
    next: str | None = Field(description="The cursor of the next page.")


class CauseShape(Shape):
    cause: str
    count: int = Field(description="Tasks closed with it.")


class CausesShape(Shape):
    survey: str
    tz: str = Field(description="The zone of the days.")
    from_: date = Field(alias="from")
    to: date = Field(description="The day after the last one.")
    opened: int = Field(description="Tasks opened in the range.")
    closed: int = Field(description="Tasks closed in the range, whenever they were opened.")
    fixed: int = Field(description="Of these, how many had their cause removed.")
    causes: list[CauseShape] = Field(description="The most frequent first, then by name.")
