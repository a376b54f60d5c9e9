"""A page of tasks as CSV."""

from collections.abc import Sequence
from typing import Any, Final

from chalice.app import Response as HttpResponse

from chalicelib.tasks.schemas import Task
from chalicelib.web.csv_export import Cell, csv_response

COLUMNS: Final = (
    *("id", "survey", "team", "team_id", "owner", "state", "overdue", "created_at", "due_at"),
    *("waits_until", "closed_at", "cause", "fixed", "note"),
    *("ticket_id", "ticket_subject", "ticket_url"),
    *("score", "band", "comment", "answered_at", "changed_at"),
)


def file_of(tasks: Sequence[Task], **headers: str) -> HttpResponse:
    return csv_response(COLUMNS, [_flat(dict(task)) for task in tasks], **headers)


def _flat(task: dict[str, Any]) -> dict[str, Cell]:
    ticket = {f"ticket_{name}": value for name, value in (task["ticket"] or {}).items()}
    found = task | ticket | (task["response"] or {})
    return {name: found[name] for name in COLUMNS if name in found}
