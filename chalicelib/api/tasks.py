"""What a task looks like from outside: the ticket, the words as they stand now, when."""

from typing import Any

from chalicelib import moments
from chalicelib.api.tickets import show_ticket
from chalicelib.loop.task import Task
from chalicelib.respond.response import Response
from chalicelib.respond.store import ResponseStore


def show_all(tasks: list[Task], responses: ResponseStore) -> list[dict[str, Any]]:
    """One read for all answers: a task keeps no copy of what a person may yet change."""
    answers = responses.find_all([task.id for task in tasks])
    return [_show(task, answers.get(task.id)) for task in tasks]


def _show(task: Task, answer: Response | None) -> dict[str, Any]:
    return {
        "id": task.id,
        "survey": task.survey,
        "team": task.team,
        "state": task.state,
        "overdue": task.overdue,
        "created_at": moments.to_text(task.created_at),
        "due_at": moments.to_text(task.due_at),
        "ticket": show_ticket(task.ticket),
        "response": _answer(answer),
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
