"""/t/{token}: the page of a task, for one of its team's people."""

from functools import partial
from typing import Final

from chalice.app import Response as HttpResponse
from msgspec.structs import replace

from chalicelib import wiring
from chalicelib.errors import CauseRefused, ChangedMeanwhile, Conflict, LinkRejected
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.pages import wiring as pages_wiring
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.retry import reading
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.tasks.change_task import change_task
from chalicelib.tasks.links import read_task_token
from chalicelib.tasks.matter import matter_of
from chalicelib.tasks.pages.form import (
    UNTOLD,
    ChangeRejected,
    Form,
    change_of,
    read_form,
    refuse_untold,
)
from chalicelib.tasks.pages.show import About, Opened, Told, show, show_closed
from chalicelib.teams import wiring as teams_wiring
from chalicelib.web.rate_limit import seconds_left

PROBLEMS: Final = {"until": "until", "owner": "owner"}


@page
def show_task_page(visitor: Visitor, token: str) -> HttpResponse:
    return _shown(visitor, _open(visitor, token))


@page
def change_task_page(visitor: Visitor, token: str) -> HttpResponse:
    """A change of a task that is seen as somebody else left it meanwhile changes nothing."""
    opened, form = _open(visitor, token), read_form(visitor.raw)
    if not pages_wiring.tries().take(opened.task.id, visitor.address, visitor.now):
        shown = _refused(visitor, opened, form, "wait", 429)
        shown.headers["Retry-After"] = str(seconds_left(visitor.now))
        return shown
    if visitor.is_from_another_site:
        return _refused(visitor, opened, form, None, 200)
    try:
        return _changed(visitor, opened, form)
    except ChangedMeanwhile:
        return _refused(visitor, _open(visitor, token), form, "meanwhile", 409)
    except CauseRefused:
        return _refused(visitor, opened, form, "cause", 400)
    except ChangeRejected as rejected:
        status = 409 if rejected.problem == UNTOLD else 400
        told = Told(form.written, rejected.problem, rejected.most)
        return _shown(visitor, opened, told, status)
    except Conflict as conflict:
        field = conflict.errors[0].pointer.rpartition("/")[2]
        return _refused(visitor, opened, form, PROBLEMS.get(field, "meanwhile"), 409)


def _changed(visitor: Visitor, opened: Opened, form: Form) -> HttpResponse:
    by, needs = opened.member.id, tasks_wiring.change_task_needs()
    change = change_of(form, by, opened.zone)
    refuse_untold(change, opened.task, opened.survey, tasks_wiring.untold)
    task = change_task(opened.task.id, change, by, visitor.now, needs, form.version)
    if task.closing:
        return show_closed(opened.language, opened.survey, is_sent=bool(change.tell))
    return _shown(visitor, replace(opened, task=task), Told(form.left, saved=True))


def _refused(
    visitor: Visitor, opened: Opened, form: Form, problem: str | None, status: int
) -> HttpResponse:
    return _shown(visitor, opened, Told(form.written, problem), status)


def _shown(
    visitor: Visitor, opened: Opened, told: Told | None = None, status: int = 200
) -> HttpResponse:
    task, survey = opened.task, opened.survey
    responses = responses_wiring.responses()
    response = reading(partial(responses.find, task.id), wiring.pause)
    named = [task.id] if response and response.is_named_ballot else []
    typed = reading(partial(responses.addresses, named), wiring.pause).get(task.id)
    causes = survey.causes or reading(
        partial(tasks_wiring.tasks().causes_named, survey.id), wiring.pause
    )
    about = About(
        matter_of(task, response, survey, typed), causes, tasks_wiring.untold(task, survey)
    )
    return show(opened, about, told or Told(), visitor.now, status)


def _open(visitor: Visitor, token: str) -> Opened:
    """Raises LinkRejected and NotFound. A link ends with its task, and with its reader's place in
    the team."""
    keys = reading(invitations_wiring.token_keys, wiring.pause)
    link = read_task_token(token, keys, visitor.now)
    task = reading(partial(tasks_wiring.tasks().get, link.task), wiring.pause)
    if task.closing or task.team_id is None:
        raise LinkRejected
    team = reading(partial(teams_wiring.teams().find, task.team_id), wiring.pause)
    people = {one.person: one for one in team.people} if team else {}
    member = people.get(link.person)
    if team is None or member is None:
        raise LinkRejected
    survey = surveys_wiring.catalogue().get(task.survey)
    language = visitor.language(member.lang or link.language, survey)
    return Opened(token, task, survey, team, member, language)
