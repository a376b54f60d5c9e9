"""The body of a change as the change of a task."""

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
    asked = ClosedTask.model_validate(body)
    is_taken_away = asked.note is None and "note" in body
    return Change(asked.state, asked.cause, asked.fixed, "" if is_taken_away else asked.note)
