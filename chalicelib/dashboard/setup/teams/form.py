"""The form of a team: what it shows of one, and what was typed as the body that the API takes."""

from collections.abc import Iterable
from typing import Any, Final

from pydantic import BaseModel

from chalicelib.dashboard.form import Form
from chalicelib.surveys.fields import TeamId
from chalicelib.teams.team import WEEKDAYS, Team

SPARE_ROWS: Final = 3
OF_A_PERSON: Final = ("id", "name", "email", "role", "lang", "slack")
_NEW: Final = {"owner_rule": "queue", "digest": "weekly"}


class NewTeam(BaseModel):
    """Its id is typed once."""

    id: TeamId


def rows_for(team: Team | None) -> int:
    return len(team.people if team else ()) + SPARE_ROWS


def values_for(team: Team | None) -> dict[str, str]:
    """What the fields hold before anybody types. None: of a new team."""
    if team is None:
        return dict(_NEW)
    values = {"id": team.id, "name": team.name, "owner_rule": team.owner_rule}
    values |= {"owner": team.owner or "", "digest": team.digest}
    for row, member in enumerate(team.people):
        values |= {f"{row}.{name}": getattr(member, name) or "" for name in OF_A_PERSON}
    calendar = team.calendar
    if calendar is None:
        return values
    places = {"country": calendar.country or "", "subdivision": calendar.subdivision or ""}
    hours: dict[str, str] = {day: ", ".join(times) for day, times in calendar.hours.items()}
    return {**values, **places, **hours, "tz": calendar.tz}


def people_in(form: Form, rows: int) -> dict[int, dict[str, str]]:
    """By their rows. A person whose row is empty is none."""
    return {row: person for row in range(rows) if (person := _person(form, row))}


def body_of(form: Form, people: Iterable[dict[str, str]]) -> dict[str, Any]:
    """Without a zone and hours there is no calendar."""
    names = ("name", "owner_rule", "owner", "digest")
    return {
        **{name: form.maybe(name) for name in names},
        "people": [*people],
        "calendar": _calendar(form),
    }


def _person(form: Form, row: int) -> dict[str, str]:
    given = {name: form.text(f"{row}.{name}") for name in OF_A_PERSON}
    told = {name: value for name, value in given.items() if value}
    return told if told.keys() - {"role"} else {}


def _calendar(form: Form) -> dict[str, Any] | None:
    hours = {day: times for day in WEEKDAYS if (times := _times(form.text(day)))}
    given = {name: form.text(name) for name in ("tz", "country", "subdivision")}
    told = {name: value for name, value in given.items() if value}
    return {**told, "hours": hours} if told or hours else None


def _times(text: str) -> list[str]:
    return [time for part in text.split(",") if (time := part.strip().replace(" ", ""))]
