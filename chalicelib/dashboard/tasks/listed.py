"""A list of tasks as its page shows it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from chalicelib import moments
from chalicelib.discreet import Discreet
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.schemas import Task
from chalicelib.teams.team import Team


class Time(Struct, frozen=True):
    """A moment in the zone of its survey, or only its day for whoever may know no more."""

    moment: datetime | None
    day: str | None = None


class Row(Discreet, frozen=True):
    """`words` are what was said, or why somebody opened the task."""

    hidden = ("words",)

    id: str
    survey: str
    state: str
    overdue: bool
    due: Time
    closed: Time | None
    owner: str | None
    words: str | None = None


def rows_of(
    tasks: Sequence[Task], surveys: Mapping[str, Survey], names: Mapping[str, str]
) -> list[Row]:
    """`names` of the people of teams, by their ids."""
    return [_row(task, surveys.get(task["survey"]), names) for task in tasks]


def time_of(text: str, zone: str) -> Time:
    if len(text) == len("2026-01-31"):
        return Time(None, text)
    return Time(moments.from_text(text).astimezone(ZoneInfo(zone)))


def people_of(teams: Sequence[Team]) -> dict[str, str]:
    """Names by ids, in the order of the names."""
    found = {member.id: member.name for team in teams for member in team.people}
    return dict(sorted(found.items(), key=lambda one: one[1].casefold()))


def words_of(task: Task) -> str | None:
    said = task["response"]
    if said:
        return said["comment"]
    opened = (entry["note"] for entry in task["history"] if entry["what"] == "opened")
    return next(opened, None)


def _row(task: Task, survey: Survey | None, names: Mapping[str, str]) -> Row:
    zone, closed = survey.tz if survey else "UTC", task["closed_at"]
    return Row(
        id=task["id"],
        survey=survey.name if survey else task["survey"],
        state=task["state"],
        overdue=task["overdue"],
        due=time_of(task["due_at"], zone),
        closed=time_of(closed, zone) if closed else None,
        owner=names.get(task["owner"] or "", task["owner"]),
        words=words_of(task),
    )
