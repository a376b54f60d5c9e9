"""The page of a task as an HTTP answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalice.app import Response as HttpResponse
from msgspec import Struct, field

from chalicelib.discreet import Discreet
from chalicelib.responses.pages.show import page
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.change_task import FARTHEST
from chalicelib.tasks.history import Entry
from chalicelib.tasks.matter import Matter
from chalicelib.tasks.pages.form import LONGEST_CAUSE, LONGEST_NOTE
from chalicelib.tasks.reach import Untold
from chalicelib.tasks.schemas import LONGEST_TOLD
from chalicelib.tasks.task import Task
from chalicelib.teams.team import Member, Team, zone_of


class Opened(Struct, frozen=True):
    """A link that opens a task, and who opens it."""

    token: str
    task: Task
    survey: Survey
    team: Team
    member: Member
    language: str

    @property
    def zone(self) -> str:
        return zone_of(self.team, self.survey.tz)

    @property
    def names(self) -> dict[str, str]:
        return {one.id: one.name for one in self.team.people}


class About(Struct, frozen=True):
    """What is read for the page beside the task. `causes` are offered."""

    matter: Matter
    causes: Sequence[str]
    untold: Untold | None


class Told(Discreet, frozen=True):
    """What became of the form: what was `written` in it and is not `saved` comes back, also with
    the `problem`, which may be with a field that takes `most` characters."""

    hidden = ("written",)

    written: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None
    most: int | None = None
    saved: bool = False


def show(
    opened: Opened, about: About, told: Told, now: datetime, status: int = 200
) -> HttpResponse:
    survey = opened.survey
    return page(
        "task",
        status,
        opened.language,
        survey_name=survey.name,
        team=opened.team.name,
        matter=about.matter,
        offered=about.causes,
        is_listed=bool(survey.causes),
        action=opened.token,
        written=told.written,
        problem=told.problem,
        most=told.most,
        saved=told.saved,
        untold=about.untold,
        longest_note=LONGEST_NOTE,
        longest_told=LONGEST_TOLD,
        longest_cause=LONGEST_CAUSE,
        **_state(opened, now),
    )


def _state(opened: Opened, now: datetime) -> dict[str, Any]:
    task, names, local = opened.task, opened.names, ZoneInfo(opened.zone)
    return {
        "state": task.state(now),
        "overdue": now >= task.due_at,
        "due_at": task.due_at.astimezone(local),
        "waits_until": task.waits_until and task.waits_until.astimezone(local),
        "zone": opened.zone,
        "owner": names.get(task.owner or ""),
        "is_mine": task.owner == opened.member.id,
        "others": [(one, name) for one, name in names.items() if one != task.owner],
        "history": [_entry(entry, names, local) for entry in reversed(task.history)],
        **ends_of_wait(now, opened.zone),
        "version": task.version,
    }


def ends_of_wait(now: datetime, zone: str) -> dict[str, str]:
    """As a browser takes the ends of a local time."""
    ends = {"earliest": now + timedelta(minutes=1), "latest": now + FARTHEST}
    return {name: f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}" for name, at in ends.items()}


def show_closed(lang: str, survey: Survey, is_sent: bool) -> HttpResponse:
    return page("task_closed", 200, lang, survey_name=survey.name, is_sent=is_sent)


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
