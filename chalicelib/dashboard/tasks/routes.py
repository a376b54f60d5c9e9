"""The pages of tasks, for who is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib import ids, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.form import Form as TypedForm
from chalicelib.dashboard.page import page
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.tasks.listed import people_of, rows_of
from chalicelib.dashboard.tasks.wiring import open_task, shown_task
from chalicelib.dashboard.visit import Visit
from chalicelib.dashboard.wiring import surveys_within
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.errors import Conflict, FieldError, Invalid
from chalicelib.retry import reading
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.tasks.change_task import change_task
from chalicelib.tasks.export import file_of
from chalicelib.tasks.list_tasks import list_tasks
from chalicelib.tasks.open_by_hand import open_by_hand
from chalicelib.tasks.pages.form import (
    UNTOLD,
    ChangeRejected,
    Form,
    change_of,
    local_moment,
    read_form,
    refuse_untold,
)
from chalicelib.tasks.schemas import TaskBody, TaskList, TasksQuery
from chalicelib.tasks.task import Change
from chalicelib.teams import wiring as teams_wiring
from chalicelib.web.audited import OWN_HISTORY
from chalicelib.web.idempotency import once_for
from chalicelib.web.query import Query


@page(Scope.TASKS_READ, query=TasksQuery, by_survey=True)
def show_tasks(visit: Visit[TasksQuery]) -> Shown:
    """By due time, the most urgent first."""
    listed, told = _listed(visit), disclosure_for(visit.key)
    surveys = {survey.id: survey for survey in surveys_within(visit.key)}
    teams = teams_wiring.teams().every()
    names = people_of(teams) if told.sees_people else {}
    return Shown(
        "tasks/list",
        {
            "rows": rows_of(listed["items"], surveys, names),
            "next": listed["next"],
            "asked": visit.query.model_dump(exclude_none=True, exclude={"cursor"}),
            "surveys": [(one.id, one.name) for one in surveys.values()],
            "teams": [(team.id, team.name) for team in teams],
            "people": list(names.items()),
        },
    )


@page(Scope.TASKS_READ, query=TasksQuery, by_survey=True)
def export_tasks(visit: Visit[TasksQuery]) -> HttpResponse:
    """The tasks of the page as CSV."""
    return file_of(_listed(visit)["items"], Content_Disposition='attachment; filename="tasks.csv"')


@page(Scope.TASKS_READ, by_survey=True)
def show_task(visit: Visit[Query], task: str) -> Shown:
    return shown_task(visit, open_task(visit, task))


@page(Scope.TASKS_WRITE, again=show_task, by_survey=True, not_noted=OWN_HISTORY)
def change_task_page(visit: Visit[Any], task: str) -> Shown | Moved:
    """A change of a task that somebody else changed meanwhile changes nothing. What was typed for
    another act stays on the page."""
    opened, form = open_task(visit, task), read_form(visit.raw)
    by = opened.me or visit.key.id
    with _problems():
        change = _change(form, opened.me, opened.zone)
        refuse_untold(change, opened.task, opened.survey, tasks_wiring.untold)
    needs = tasks_wiring.change_task_needs()
    changed = change_task(opened.task.id, change, by, visit.now, needs, form.version)
    if changed.closing:
        return Moved("tasks", said="told" if change.tell else "closed")
    if form.left:
        visit.form, visit.said = TypedForm({name: [it] for name, it in form.left.items()}), "saved"
        return shown_task(visit, open_task(visit, task))
    return Moved(f"tasks/{opened.shown['id']}", said="saved")


@page(Scope.TASKS_WRITE, by_survey=True)
def show_new_task(visit: Visit[Query]) -> Shown:
    surveys = [(one.id, one.name, one.tz) for one in surveys_within(visit.key)]
    once = visit.form.text("once") or ids.new_id()
    return Shown("tasks/new", {"surveys": surveys, "once": once})


@page(Scope.TASKS_WRITE, again=show_new_task, by_survey=True, not_noted=OWN_HISTORY)
def open_task_by_hand(visit: Visit[Any]) -> Moved:
    body, needs = _new(visit), tasks_wiring.open_by_hand_needs()
    said = ["tasks", body.model_dump(mode="json")]
    given = visit.form.maybe("once")
    once = once_for(given, said, visit.key.id, needs.deliveries) if given else None
    made = open_by_hand(body, visit.key.id, once, visit.now, needs)
    return Moved(f"tasks/{disclosure_for(visit.key).shown_id(made.id)}", said="made")


def _listed(visit: Visit[TasksQuery]) -> TaskList:
    needs = tasks_wiring.show_tasks_needs(disclosure_for(visit.key))
    tasks = tasks_wiring.tasks()
    return reading(
        lambda: list_tasks(visit.query, visit.key.reaches, visit.now, tasks, needs), wiring.pause
    )


def _change(form: Form, me: str | None, zone: str) -> Change:
    """Raises Invalid, and as change_of. Only who is in the team can be a task's owner."""
    if form.act == "take" and me is None:
        raise Invalid([FieldError("", "not_in_team", "Only people of the team take it.")])
    return change_of(form, me or "", zone)


@contextmanager
def _problems() -> Iterator[None]:
    """Raises Invalid, or Conflict when nobody can be told."""
    try:
        yield
    except ChangeRejected as rejected:
        pointer = f"#/{rejected.field}" if rejected.field else ""
        kind = Conflict if rejected.problem == UNTOLD else Invalid
        code = f"task_{rejected.problem}"
        raise kind([FieldError(pointer, code, "This cannot be used.", rejected.most)]) from rejected


def _new(visit: Visit[Any]) -> TaskBody:
    """Raises ForeignSurvey, Invalid or pydantic's ValidationError. The time is local to the
    survey."""
    survey = visit.form.text("survey")
    visit.key.refuse_foreign(survey)
    zones = {one.id: one.tz for one in surveys_within(visit.key)}
    try:
        due = local_moment(visit.form.text("due_at"), zones.get(survey, "UTC"))
    except ChangeRejected as rejected:
        raise Invalid([FieldError("#/due_at", "task_until", "A time to come.")]) from rejected
    note = visit.form.text("note")
    return TaskBody.model_validate({"survey": survey, "note": note, "due_at": due.isoformat()})
