"""Tasks, and the counts of their causes, as the API shows them."""

from collections.abc import Iterable, Mapping

from chalicelib import moments
from chalicelib.invitations.ticket import show_ticket
from chalicelib.periods import Range
from chalicelib.responses.response import Response
from chalicelib.responses.store import ResponseStore
from chalicelib.surveys.definition import Survey
from chalicelib.tally.tally import add_counts
from chalicelib.tasks import schemas
from chalicelib.tasks.causes import causes_of
from chalicelib.tasks.task import Task


def show_all(tasks: list[Task], responses: ResponseStore) -> list[schemas.Task]:
    # A task has no copy of the answer, because a person can still change it.
    answers = responses.find_all([task.id for task in tasks])
    return [_show(task, answers.get(task.id)) for task in tasks]


def show(task: Task, responses: ResponseStore) -> schemas.Task:
    return show_all([task], responses)[0]


def show_cause_counts(
    survey: Survey, days: Range, counted: Iterable[Mapping[str, int]]
) -> schemas.CauseCounts:
    counts: dict[str, int] = {}
    for day in counted:
        add_counts(counts, day)
    return {
        "survey": survey.id,
        "tz": survey.tz,
        "from": days.first.isoformat(),
        "to": days.end.isoformat(),
        "opened": counts.get("opened", 0),
        "closed": counts.get("closed", 0),
        "fixed": counts.get("fixed", 0),
        "causes": [{"cause": cause, "count": count} for cause, count in causes_of(counts)],
    }


def _show(task: Task, answer: Response | None) -> schemas.Task:
    closing = task.closing
    return {
        "id": task.id,
        "survey": task.survey,
        "team": task.team,
        "state": task.state,
        "overdue": task.overdue,
        "created_at": moments.to_text(task.created_at),
        "due_at": moments.to_text(task.due_at),
        "closed_at": moments.to_text(closing.at) if closing else None,
        "cause": closing.cause if closing else None,
        "fixed": closing.fixed if closing else None,
        "note": closing.note if closing else None,
        "ticket": show_ticket(task.ticket),
        "response": _answer(answer),
    }


def _answer(answer: Response | None) -> schemas.TaskResponse | None:
    if answer is None or answer.score is None or answer.band is None:
        return None
    return {
        "score": answer.score,
        "band": answer.band,
        "comment": answer.comment,
        "answered_at": moments.to_text(answer.answered_at),
        "changed_at": moments.to_text(answer.changed_at),
    }
