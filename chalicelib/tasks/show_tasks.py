"""Tasks, and the counts of their causes, as the API shows them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from chalicelib import moments
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.invitations.ticket import show_ticket
from chalicelib.periods import Range
from chalicelib.responses.response import Response
from chalicelib.responses.store import ResponseStore
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import shown_answers
from chalicelib.tally.tally import add_counts
from chalicelib.tasks import schemas
from chalicelib.tasks.causes import causes_of
from chalicelib.tasks.history import Entry
from chalicelib.tasks.task import CLOSED, Task


class ShowTasksNeeds(Struct, frozen=True):
    """`zone_of` gives the zone of a survey's days."""

    responses: ResponseStore
    zone_of: Callable[[str], str]
    told: Disclosure


def show_all(tasks: list[Task], now: datetime, needs: ShowTasksNeeds) -> list[schemas.Task]:
    # A task has no copy of the answer, because a person can still change it. What a list shows
    # is a moment old anyway.
    answers = needs.responses.find_all([task.id for task in tasks], consistent=False)
    named = [one.id for one in answers.values() if one.is_named_ballot]
    addresses = needs.responses.addresses(named) if needs.told.sees_people else {}
    shown = [
        _show(task, answers.get(task.id), needs.zone_of(task.survey), now, needs.told)
        for task in tasks
    ]
    for task in shown:
        if task["response"]:
            task["response"]["address"] = addresses.get(task["id"])
    return shown


def show(task: Task, now: datetime, needs: ShowTasksNeeds) -> schemas.Task:
    return show_all([task], now, needs)[0]


def due_as_shown(task: Task, zone: str, told: Disclosure) -> str:
    return told.time_after(task.due_at, task.created_at, zone)


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


def _show(
    task: Task, answer: Response | None, zone: str, now: datetime, told: Disclosure
) -> schemas.Task:
    closing, is_past = task.closing, told.is_past(task.due_at, task.created_at, zone, now)
    return {
        "id": told.shown_id(task.id),
        "survey": task.survey,
        "team": task.team,
        "team_id": task.team_id,
        "owner": task.owner,
        "state": task.state(now),
        "waits_until": moments.to_text(task.waits_until) if task.waits_until else None,
        "overdue": task.overdue and is_past,
        "created_at": told.time(task.created_at, zone),
        "due_at": due_as_shown(task, zone, told),
        "closed_at": moments.to_text(closing.at) if closing else None,
        "cause": closing.cause if closing else None,
        "fixed": closing.fixed if closing else None,
        "note": closing.note if closing else None,
        "tell": closing.tell if closing and told.sees_people else None,
        "helped": task.helped,
        "history": [_entry(entry, zone, told) for entry in task.history],
        "ticket": show_ticket(task.ticket) if told.sees_people else None,
        "response": _answer(answer, zone, told),
    }


def _entry(entry: Entry, zone: str, told: Disclosure) -> schemas.TaskEntry:
    return {
        "at": told.time(entry.at, zone),
        "by": entry.by,
        "what": entry.what,
        "owner": entry.owner,
        "until": moments.to_text(entry.until) if entry.until else None,
        # That of a closing may be what the person was told.
        "note": entry.note if told.sees_people or entry.what != CLOSED else None,
    }


def _answer(answer: Response | None, zone: str, told: Disclosure) -> schemas.TaskResponse | None:
    if answer is None or answer.score is None or answer.band is None:
        return None
    return {
        "score": answer.score,
        "band": answer.band,
        "comment": answer.comment,
        "answers": shown_answers(answer.answers),
        "address": None,
        "answered_at": told.time(answer.answered_at, zone),
        "changed_at": told.time(answer.changed_at, zone),
    }
