"""What is taken and given of responses, their changes and their themes."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict
from typing_extensions import TypedDict

from chalicelib.disclosure.sealed import Hidden
from chalicelib.invitations.ticket import Ticket
from chalicelib.responses.judge.verdict import State, Why
from chalicelib.surveys.scale import Band
from chalicelib.web.schemas import HIDDEN, Count, Day, Days, Doc, Id, NextCursor, Time, TimeOrDay


class DecisionBody(BaseModel):
    """An operator's word on a response that is held."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["counted", "dismissed"]


class Person(TypedDict):
    id: str
    name: str | None
    email: str | None


class Response(TypedDict):
    id: Annotated[str, Doc("The invitation's; for a key without `people:read` one of its own.")]
    survey: str
    state: State
    why: Annotated[Why, Doc("The judge's reason.")]
    score: int | None
    band: Band | None
    comment: str | None
    answers: Annotated[
        dict[str, list[str]],
        Doc(
            "To the survey's questions by their ids: ids of options, or words as a list of one."
            " Of a sealed survey only words."
        ),
    ]
    themes: Annotated[list[str], Doc("Those of the survey that the comment speaks of.")]
    cause: Annotated[str | None, Doc("The cause that its task names, null until it does.")]
    person: Annotated[
        Person | None,
        Doc(
            "Who answered. Null without the scope people:read, for a survey that is not named,"
            " and for an answer by an open link."
        ),
    ]
    contact: Annotated[bool, Doc("Whether the person asked to be called.")]
    history: Annotated[list[int], Doc("The scores that ever counted, in order.")]
    changed_elsewhere: bool
    segments: dict[str, str]
    ticket: Annotated[Ticket | None, Doc(f"It names who asked. {HIDDEN}")]
    answered_at: TimeOrDay
    changed_at: TimeOrDay
    settles_at: Annotated[Time | None, Doc(HIDDEN)]


class ErasedResponse(TypedDict):
    """What is left of an erased answer: delete it where it was loaded to."""

    id: str
    survey: str
    state: Literal["erased"]
    changed_at: TimeOrDay


class ResponsePage(TypedDict):
    """`items` may be empty while `next` is not null: then nothing fitted so far."""

    items: Annotated[list[Response | ErasedResponse], Doc("Erased ones only with `updated_since`.")]
    next: NextCursor


class ThemeCount(TypedDict):
    theme: str
    count: Annotated[int, Doc("Counted answers whose comment speaks of it.", minimum=0)]
    bands: Annotated[dict[Band, int], Doc("Of a sealed survey from 20 answers on.")]


OpenDays = TypedDict(
    "OpenDays", {"from": Day | None, "to": Annotated[Day | None, Doc("Not included.")]}
)


class ThemeCounts(OpenDays):
    survey: str
    complete: Annotated[bool, Doc("Whether every answer of the range was read.")]
    read_to: Annotated[
        TimeOrDay | None,
        Doc("When not complete: the time of the earliest answer that was read."),
    ]
    hidden: Annotated[
        Hidden | None, Doc("Why nothing is counted: a sealed survey has words from 10 answers on.")
    ]
    responses: Annotated[int, Doc("Answers read, the newest first.", minimum=0)]
    comments: Annotated[int, Doc("Those of them with words.", minimum=0)]
    themes: Annotated[list[ThemeCount], Doc("By count, then by name.")]


class Judgement(TypedDict):
    state: State
    why: str
    posture: str
    count: Count


class Judged(Days):
    survey: Id
    states: dict[str, Count]
    reasons: list[Judgement]
