"""The page of a task as an HTTP answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalice.app import Response as HttpResponse

from chalicelib.responses.pages.show import page
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.history import Entry
from chalicelib.tasks.matter import Matter
from chalicelib.tasks.pages.form import LONGEST_CAUSE, LONGEST_NOTE
from chalicelib.tasks.task import Task
from chalicelib.teams.team import Member, Team, zone_of


@dataclass(frozen=True)
class Shown:
    task: Task
    survey: Survey
    team: Team
    member: Member
    matter: Matter
    causes: Sequence[str]


def show(
    shown: Shown,
    action: str,
    lang: str,
    now: datetime,
    written: Mapping[str, str],
    problem: str | None = None,
    status: int = 200,
    saved: bool = False,
) -> HttpResponse:
    task, survey, team = shown.task, shown.survey, shown.team
    zone = zone_of(team, survey.tz)
    local = ZoneInfo(zone)
    names = {one.id: one.name for one in team.people}
    return page(
        "task",
        status,
        lang,
        survey_name=survey.name,
        team=team.name,
        matter=shown.matter,
        state=task.state(now),
        overdue=now >= task.due_at,
        due_at=task.due_at.astimezone(local),
        waits_until=task.waits_until and task.waits_until.astimezone(local),
        zone=zone,
        owner=names.get(task.owner or ""),
        is_mine=task.owner == shown.member.id,
        others=[(one.id, one.name) for one in team.people if one.id != task.owner],
        offered=shown.causes,
        is_listed=bool(survey.causes),
        history=[_entry(entry, names, local) for entry in reversed(task.history)],
        earliest=(now.astimezone(local) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M"),
        version=task.version,
        action=action,
        written=written,
        problem=problem,
        saved=saved,
        longest_note=LONGEST_NOTE,
        longest_cause=LONGEST_CAUSE,
    )


def show_closed(lang: str, survey: Survey) -> HttpResponse:
    return page("task_closed", 200, lang, survey_name=survey.name)


def _entry(entry: Entry, names: Mapping[str, str], local: ZoneInfo) -> dict[str, Any]:
    """Ids of keys are no names."""
    return {
        "at": entry.at.astimezone(local),
        "by": names.get(entry.by),
        "what": entry.what,
        "owner": names.get(entry.owner or "", entry.owner),
        "until": entry.until and entry.until.astimezone(local),
        "note": entry.note,
    }
