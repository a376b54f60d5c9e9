"""Teams as the API shows them."""

from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.teams import schemas
from chalicelib.teams.team import Calendar, Member, Team


def show_team(team: Team, told: Disclosure) -> schemas.Team:
    return {
        "id": team.id,
        "name": team.name,
        "people": [_member(member, told) for member in team.people],
        "owner_rule": team.owner_rule,
        "owner": team.owner,
        "calendar": _calendar(team.calendar) if team.calendar else None,
        "digest": team.digest,
    }


def _member(member: Member, told: Disclosure) -> schemas.Member:
    return {
        "id": member.id,
        "name": member.name if told.sees_people else None,
        "email": member.email if told.sees_people else None,
        "role": member.role,
        "lang": member.lang,
        "slack": member.slack if told.sees_people else None,
    }


def _calendar(calendar: Calendar) -> schemas.Calendar:
    return {
        "tz": calendar.tz,
        "hours": {day: list(intervals) for day, intervals in calendar.hours.items()},
        "country": calendar.country,
        "subdivision": calendar.subdivision,
    }
