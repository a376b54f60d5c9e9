"""Reads what the page of a task shows."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from chalicelib import wiring
from chalicelib.dashboard.shown import Shown
from chalicelib.dashboard.tasks.task import Opened, disclosed, facts_of
from chalicelib.dashboard.visit import Visit
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.errors import NotFound
from chalicelib.members import wiring as members_wiring
from chalicelib.members.member import OF_MEMBERS
from chalicelib.responses import wiring as responses_wiring
from chalicelib.retry import reading
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.tasks.matter import Matter, matter_of
from chalicelib.tasks.show_tasks import show
from chalicelib.teams import wiring as teams_wiring
from chalicelib.teams.team import Team


def open_task(visit: Visit[Any], shown_id: str) -> Opened:
    """Raises NotFound."""
    needs = tasks_wiring.show_tasks_needs(disclosure_for(visit.key))
    real_id = needs.told.real_id(shown_id, "task")
    task = reading(lambda: tasks_wiring.tasks().get(real_id), wiring.pause)
    visit.reached(task.survey, "task")
    survey = surveys_wiring.catalogue().get(task.survey).read_in(visit.lang)
    team = teams_wiring.teams().find(task.team_id) if task.team_id else None
    return Opened(task, show(task, visit.now, needs), survey, team, _me(visit, team))


def shown_task(visit: Visit[Any], opened: Opened) -> Shown:
    shown, told = opened.shown, disclosure_for(visit.key)
    matter = disclosed(_matter(opened), shown, told.sees_people)
    named = partial(tasks_wiring.tasks().causes_named, opened.survey.id)
    causes = opened.survey.causes or reading(named, wiring.pause)
    members = _names(entry["by"] for entry in shown["history"]) if told.sees_people else {}
    untold = tasks_wiring.untold(opened.task, opened.survey) if told.sees_people else None
    return Shown("tasks/show", facts_of(opened, matter, causes, members, untold, visit.now))


def _matter(opened: Opened) -> Matter:
    task, responses = opened.task, responses_wiring.responses()
    response = reading(partial(responses.find, task.id), wiring.pause)
    named = [task.id] if response and response.is_named_ballot else []
    typed = reading(partial(responses.addresses, named), wiring.pause).get(task.id)
    return matter_of(task, response, opened.survey, typed)


def _me(visit: Visit[Any], team: Team | None) -> str | None:
    person = visit.member.person if visit.member else ""
    people = team.people if team else ()
    return next((one.id for one in people if one.person == person), None)


def _names(who: Iterable[str]) -> dict[str, str]:
    """Of members who are still there."""
    found = {}
    for one in {one for one in who if one.startswith(OF_MEMBERS)}:
        try:
            found[one] = members_wiring.members().get(one).name
        except NotFound:
            continue
    return found
