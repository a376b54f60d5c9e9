"""The routes of teams."""

from typing import Any

from chalicelib import wiring as root_wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.keys import TEAMS
from chalicelib.retry import retrying
from chalicelib.teams import show_team as shown
from chalicelib.teams import wiring
from chalicelib.teams.read_team import read_team
from chalicelib.teams.schemas import EXAMPLE, Team, TeamBody, TeamList
from chalicelib.web.answer import deleted, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.endpoint import endpoint
from chalicelib.web.pagination import PageQuery


@endpoint("List the teams", ok("By id.", TeamList), scope=Scope.TEAMS_READ, query=PageQuery)
def list_teams(call: Call[PageQuery, Any]) -> TeamList:
    after = listed_after(call.query.cursor, TEAMS)
    teams, last = wiring.teams().page(call.query.limit, after)
    told = disclosure_for(call.key)
    return {
        "items": [shown.show_team(team, told) for team in teams],
        "next": encode_cursor(last),
    }


@endpoint("Show a team", ok("The team.", Team), scope=Scope.TEAMS_READ)
def show_team(call: Call[Any, Any], team: str) -> Team:
    return shown.show_team(wiring.teams().get(team), disclosure_for(call.key))


@endpoint(
    "Make or change a team",
    ok("The team as it stands now.", Team),
    description="What is left out gets its default, not the value it had. A team may have no"
    " people. Its calendar, if any, has working hours.",
    scope=Scope.TEAMS_WRITE,
    body=json_body(TeamBody, EXAMPLE),
)
def put_team(call: Call[Any, TeamBody], team: str) -> Team:
    read = read_team(call.body, team, call.key.id, invitations_wiring.person_of)
    store = wiring.teams()
    retrying(lambda _: store.put(read, call.now), root_wiring.pause)
    return shown.show_team(read, disclosure_for(call.key))


@endpoint("Delete a team", deleted("It is gone."), scope=Scope.TEAMS_WRITE)
def delete_team(call: Call[Any, Any], team: str) -> None:
    wiring.teams().delete(team)
