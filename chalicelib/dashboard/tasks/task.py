"""One task as its page shows it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from chalicelib import moments
from chalicelib.dashboard.tasks.listed import Time, time_of, words_of
from chalicelib.surveys.definition import Survey
from chalicelib.tasks import schemas
from chalicelib.tasks.matter import Matter
from chalicelib.tasks.pages.form import LONGEST_CAUSE, LONGEST_NOTE
from chalicelib.tasks.pages.show import ends_of_wait
from chalicelib.tasks.reach import Untold
from chalicelib.tasks.schemas import LONGEST_TOLD
from chalicelib.tasks.task import Task
from chalicelib.teams.team import Team, zone_of


class Opened(Struct, frozen=True):
    """`shown` is the task as the API shows it to whoever looks. `me` is the id that whoever looks
    has in the team; None: not in the team. `team` None: it is of none."""

    task: Task
    shown: schemas.Task
    survey: Survey
    team: Team | None
    me: str | None

    @property
    def zone(self) -> str:
        return zone_of(self.team, self.survey.tz) if self.team else self.survey.tz

    @property
    def names(self) -> dict[str, str]:
        return {one.id: one.name for one in self.team.people} if self.team else {}


def disclosed(matter: Matter, shown: schemas.Task, sees_people: bool) -> Matter:
    """Who asked is told to `people:read` alone."""
    return matter if sees_people else Matter(words_of(shown), unhappy=matter.unhappy)


def facts_of(
    opened: Opened,
    matter: Matter,
    causes: Sequence[str],
    members: Mapping[str, str],
    untold: Untold | None,
    now: datetime,
) -> dict[str, Any]:
    """`members` are the names of members who did something, by their ids."""
    shown, names, zone = opened.shown, opened.names, opened.zone
    waits, owner = shown["waits_until"], shown["owner"]
    return {
        "task": shown,
        "state": shown["state"],
        "version": opened.task.version,
        "survey_name": opened.survey.name,
        "team": opened.team.name if opened.team else shown["team"],
        "team_id": opened.team.id if opened.team else None,
        "zone": zone,
        "matter": matter,
        "due": time_of(shown["due_at"], zone),
        "waits_until": moments.from_text(waits).astimezone(ZoneInfo(zone)) if waits else None,
        "owner": names.get(owner or "", owner),
        "is_in_team": opened.me is not None,
        "is_mine": opened.me is not None and owner == opened.me,
        "others": [(one, name) for one, name in names.items() if one != owner],
        "offered": causes,
        "is_listed": bool(opened.survey.causes),
        "history": [_entry(one, {**names, **members}, zone) for one in reversed(shown["history"])],
        **ends_of_wait(now, zone),
        "untold": untold,
        "longest_note": LONGEST_NOTE,
        "longest_told": LONGEST_TOLD,
        "longest_cause": LONGEST_CAUSE,
    }


def _entry(entry: schemas.TaskEntry, names: Mapping[str, str], zone: str) -> dict[str, Any]:
    """Ids of keys are no names."""
    until, at = entry["until"], time_of(entry["at"], zone)
    return {
        "at": at,
        "by": names.get(entry["by"]),
        "what": entry["what"],
        "owner": names.get(entry["owner"] or "", entry["owner"]),
        "until": Time(moments.from_text(until).astimezone(ZoneInfo(zone))) if until else None,
        "note": entry["note"],
    }
