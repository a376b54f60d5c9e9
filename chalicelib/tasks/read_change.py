"""Reads the change of a task from the body of a request."""

from typing import Any

from chalicelib.errors import FieldError, Invalid
from chalicelib.tasks.schemas import ClosedTask, OpenTask
from chalicelib.tasks.task import CLOSED, OPEN, Change


def read_change(body: dict[str, Any]) -> Change:
    """Raises Invalid or pydantic's ValidationError."""
    state = body.get("state")
    if state == OPEN:
        return Change(OpenTask.model_validate(body).state)
    if state != CLOSED:
        raise Invalid([FieldError("#/state", "state_invalid", "open or closed.")])
    change = ClosedTask.model_validate(body)
    # A note of null deletes the note; a body without a note leaves it.
    note = "" if change.note is None and "note" in body else change.note
    return Change(change.state, change.cause, change.fixed, note)
