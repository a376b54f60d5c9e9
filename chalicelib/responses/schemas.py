"""Responses, their changes and their themes as the views give them."""

from typing import Literal

from pydantic import Field

from chalicelib.responses.judge.verdict import State, Why
from chalicelib.surveys.scale import Band
from chalicelib.web.schemas import Day, Ticket, Time
from chalicelib.web.shape import Shape


class Person(Shape):
    id: str
    name: str | None
    email: str | None


class Response(Shape):
    id: str
    survey: str
    state: State
    why: Why = Field(description="The judge's reason.")
    score: int | None
    band: Band | None
    comment: str | None
    themes: list[str] = Field(description="Those of the survey that the comment speaks of.")
    cause: str | None = Field(description="The cause that its task names, null until it does.")
    person: Person | None = Field(
        description="Who answered. Null without the scope people:read, for a survey that is not"
        " named, and for an answer by an open link."
    )
    contact: bool = Field(description="Whether the person asked to be called.")
    history: list[int] = Field(description="The scores that ever counted, in order.")
    changed_elsewhere: bool
    segments: dict[str, str]
    ticket: Ticket | None
    answered_at: Time
    changed_at: Time
    settles_at: Time | None


class ErasedResponse(Shape):
    """What is left of an erased answer: delete it where it was loaded to."""

    id: str
    survey: str
    state: Literal["erased"]
    changed_at: Time


class ResponsePage(Shape):
    """`items` may be empty while `next` is not null: then nothing fitted so far."""

    items: list[Response | ErasedResponse] = Field(
        description="Erased ones only with `updated_since`."
    )
    next: str | None = Field(description="`cursor` of the next page, null on the last one.")


class ThemeCount(Shape):
    theme: str
    count: int = Field(ge=0, description="Counted answers whose comment speaks of it.")
    bands: dict[Band, int]


class ThemeCounts(Shape):
    survey: str
    from_: Day | None = Field(alias="from")
    to: Day | None = Field(description="Not included.")
    complete: bool = Field(description="Whether every answer of the range was read.")
    read_to: Time | None = Field(
        description="When not complete: the time of the earliest answer that was read."
    )
    responses: int = Field(ge=0, description="Answers read, the newest first.")
    comments: int = Field(ge=0, description="Those of them with words.")
    themes: list[ThemeCount] = Field(description="By count, then by name.")
