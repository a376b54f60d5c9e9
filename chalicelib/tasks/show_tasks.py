"""What a task looks like from outside: the ticket, the words as they stand now, when, and
how it was closed."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib import moments
from chalicelib.errors import FieldError, Invalid
from chalicelib.invitations.ticket import show_ticket
from chalicelib.responses.response import Response
from chalicelib.responses.store import ResponseStore
from chalicelib.surveys.cause import Cause
from chalicelib.surveys.definition import Line
from chalicelib.tally.tally import add_counts
from chalicelib.tasks.causes import causes_of
from chalicelib.tasks.task import CLOSED, OPEN, Change, Closing, Task


class OpenBody(BaseModel):
    """Opens a task again; how it was closed is forgotten."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["open"]


class ClosedBody(BaseModel):
    """Of a task that is closed already, what is left out stays; a note of null goes away."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["closed"]
    cause: Cause | None = None
    fixed: Annotated[bool, Field(strict=True)] | None = None
    note: Line | None = None


def read_change(body: dict[str, Any]) -> Change:
    """Raises Invalid or pydantic's ValidationError."""
    state = body.get("state")
    if state == OPEN:
        return Change(OpenBody.model_validate(body).state)
    if state != CLOSED:
        raise Invalid([FieldError("#/state", "state_invalid", "open or closed.")])
    asked = ClosedBody.model_validate(body)
    is_taken_away = asked.note is None and "note" in body
    return Change(asked.state, asked.cause, asked.fixed, "" if is_taken_away else asked.note)


def show_all(tasks: list[Task], responses: ResponseStore) -> list[dict[str, Any]]:
    """One read for all answers: a task keeps no copy of what a person may yet change."""
    answers = responses.find_all([task.id for task in tasks])
    return [_show(task, answers.get(task.id)) for task in tasks]


def show_loop(days: Iterable[Mapping[str, int]]) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for day in days:
        add_counts(counts, day)
    causes = [{"cause": cause, "count": count} for cause, count in causes_of(counts)]
    kinds = ("opened", "closed", "fixed")
    return {kind: counts.get(kind, 0) for kind in kinds} | {"causes": causes}


def _show(task: Task, answer: Response | None) -> dict[str, Any]:
    return {
        "id": task.id,
        "survey": task.survey,
        "team": task.team,
        "state": task.state,
        "overdue": task.overdue,
        "created_at": moments.to_text(task.created_at),
        "due_at": moments.to_text(task.due_at),
        **_closing(task.closing),
        "ticket": show_ticket(task.ticket),
        "response": _answer(answer),
    }


def _closing(closing: Closing | None) -> dict[str, Any]:
    if closing is None:
        return dict.fromkeys(("closed_at", "cause", "fixed", "note"))
    return {
        "closed_at": moments.to_text(closing.at),
        "cause": closing.cause,
        "fixed": closing.fixed,
        "note": closing.note,
    }


def _answer(answer: Response | None) -> dict[str, Any] | None:
    if answer is None or answer.band is None:
        return None
    return {
        "score": answer.score,
        "band": answer.band.value,
        "comment": answer.comment,
        "answered_at": moments.to_text(answer.answered_at),
        "changed_at": moments.to_text(answer.changed_at),
    }
