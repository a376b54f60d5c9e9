"""The pages of teams: who acts on tasks, and when they work."""

from collections import defaultdict
from typing import Any

from chalicelib import wiring as root_wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.form import EMPTY, SEEN
from chalicelib.dashboard.page import page
from chalicelib.dashboard.setup.read_body import read_body, read_rows
from chalicelib.dashboard.setup.teams.form import NewTeam, body_of, people_in, rows_for, values_for
from chalicelib.dashboard.sheet import Sheet
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.errors import FieldError, Invalid
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.keys import TEAMS
from chalicelib.noting import about, acting
from chalicelib.retry import retrying
from chalicelib.teams import wiring
from chalicelib.teams.read_team import read_team
from chalicelib.teams.schemas import TeamBody
from chalicelib.teams.team import WEEKDAYS, Team
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.pagination import PageQuery

HOME = "setup/teams"
COLUMNS = ("id", "name", "people", "tz", "digest")


@page(Scope.TEAMS_WRITE, Scope.PEOPLE_READ, query=PageQuery)
def show_teams(visit: Visit[PageQuery]) -> Shown:
    after = listed_after(visit.query.cursor, TEAMS)
    teams, last = wiring.teams().page(visit.query.limit, after)
    facts = {"teams": teams, "next": encode_cursor(last)}
    return Shown("setup/teams", facts, sheet=Sheet("teams", COLUMNS, [*map(_row, teams)]))


@page(Scope.TEAMS_WRITE, Scope.PEOPLE_READ)
def show_new_team(visit: Visit[Any]) -> Shown:
    return _form(visit, None)


@page(Scope.TEAMS_WRITE, Scope.PEOPLE_READ, again=show_new_team)
def make_team(visit: Visit[Any]) -> Moved:
    team_id = visit.form.text("id")
    read_body(NewTeam, {"id": visit.form.maybe("id")})
    if wiring.teams().find(team_id):
        raise Invalid([FieldError("id", "id_taken", "")])
    about(f"teams/{team_id}")
    return _put(visit, team_id, None)


@page(Scope.TEAMS_WRITE, Scope.PEOPLE_READ)
def show_team_setup(visit: Visit[Any], team: str) -> Shown:
    return _form(visit, wiring.teams().get(team))


@page(Scope.TEAMS_WRITE, Scope.PEOPLE_READ, again=show_team_setup)
def change_team(visit: Visit[Any], team: str) -> Moved:
    standing = wiring.teams().get(team)
    if visit.form.text("act") == "delete":
        acting("delete_team")
        wiring.teams().delete(team)
        return Moved(HOME, said="deleted")
    return _put(visit, team, standing)


def _row(team: Team) -> dict[str, Any]:
    people = [member.name for member in team.people]
    tz = team.calendar.tz if team.calendar else None
    return {"id": team.id, "name": team.name, "people": people, "tz": tz, "digest": team.digest}


def _form(visit: Visit[Any], team: Team | None) -> Shown:
    values = {} if visit.form is not EMPTY else values_for(team)
    seen = visit.seen(str(team.version) if team else "")
    facts = {"team": team, "seen": seen, "values": defaultdict(str, values), "days": WEEKDAYS}
    return Shown("setup/team", {**facts, "rows": range(rows_for(team))})


def _put(visit: Visit[Any], team_id: str, standing: Team | None) -> Moved:
    people = people_in(visit.form, rows_for(standing))
    body = read_rows(TeamBody, body_of(visit.form, people.values()), [*people])
    read = read_team(body, team_id, visit.key.id, invitations_wiring.person_of)
    over = visit.form.text(SEEN)
    retrying(lambda _: wiring.teams().put(read, visit.now, over), root_wiring.pause)
    return Moved(f"{HOME}/{team_id}", said="saved")
