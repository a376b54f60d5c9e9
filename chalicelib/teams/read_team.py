"""Reads a team from the body of a request."""

from collections.abc import Callable

from chalicelib.teams.schemas import CalendarBody, MemberBody, TeamBody
from chalicelib.teams.team import Calendar, Member, Team


def read_team(body: TeamBody, team_id: str, by: str, person: Callable[[str], str]) -> Team:
    """`by` is the id of a key; `person` gives the keyed hash of an address."""
    people = tuple(_member(member, person) for member in body.people)
    calendar = _calendar(body.calendar) if body.calendar else None
    rule, owner = body.owner_rule, body.owner
    return Team(team_id, body.name, people, calendar, rule, owner, by, digest=body.digest)


def _member(body: MemberBody, person: Callable[[str], str]) -> Member:
    who = person(body.email)
    return Member(body.id, who, body.name, body.email, body.role, body.lang, body.slack)


def _calendar(body: CalendarBody) -> Calendar:
    return Calendar(body.tz, body.hours, body.country, body.subdivision)
