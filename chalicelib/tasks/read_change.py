"""Reads the change of a task from the body of a request."""

from typing import Any

from pydantic import BaseModel

from chalicelib.errors import FieldError, Invalid
from chalicelib.tasks.schemas import ClosedTask, NotedTask, OpenTask, TakenTask, WaitingTask
from chalicelib.tasks.task import CLOSED, OPEN, TAKEN, WAITING, Change

WORK: dict[str | None, type[BaseModel]] = {
    OPEN: OpenTask,
    TAKEN: TakenTask,
    WAITING: WaitingTask,
    None: NotedTask,
}


def read_change(body: dict[str, Any]) -> Change:
    """Raises Invalid or pydantic's ValidationError."""
    state = body.get("state")
    if (
        body.keys() & {"owner", "note"}
        if state is None
        else (isinstance(state, str) and state in WORK)
    ):
        work = WORK[state].model_validate(body)
        return Change(**{"state": None, **work.model_dump()})
    if state != CLOSED:
        detail = "open, taken, waiting or closed."
        raise Invalid([FieldError("#/state", "state_invalid", detail)])
    change = ClosedTask.model_validate(body)
    # A note of null deletes the note; a body without a note leaves it.
    note = "" if change.note is None and "note" in body else change.note
    return Change(change.state, change.cause, change.fixed, note, tell=change.tell)
