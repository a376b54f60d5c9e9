"""The digest of a team, to one of its people: the words first."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from chalicelib.digests.digest import Part
from chalicelib.languages import first_of
from chalicelib.notify.compose import Addressee, Composed
from chalicelib.notify.letter import Letter, letter_for
from chalicelib.periods import Range
from chalicelib.teams.team import Member, Team

KIND: Final = "digest"


class DigestNeeds(Struct, frozen=True):
    """`parts` takes a team, who reads it, and days."""

    team: Callable[[str], Team | None]
    parts: Callable[[str, str, Range], Sequence[Part]]


class Told(Struct, frozen=True):
    """Who is told of which days."""

    team: Team
    member: Member
    days: Range


def digest_letter(
    team: Team, member: Member, days: Range, now: datetime, kind: str = KIND
) -> Letter:
    """One of the kind for each member and day."""
    to = {"member": member.id, "since": days.first.isoformat(), "until": days.end.isoformat()}
    return letter_for(kind, team.id, to, now)


def told_by(letter: Letter, team: Team | None) -> Told | str:
    if team is None or team.digest == "never":
        return "not_wished"
    member = next((one for one in team.people if one.id == letter.to["member"]), None)
    if member is None:
        return "left_the_team"
    days = Range(*(date.fromisoformat(letter.to[name]) for name in ("since", "until")))
    return Told(team, member, days)


def compose_digest(letter: Letter, needs: DigestNeeds) -> Composed | str:
    told = told_by(letter, needs.team(letter.about))
    if isinstance(told, str):
        return told
    return digest_to(told, needs.parts(told.team.id, told.member.person, told.days))


def digest_to(told: Told, parts: Sequence[Part], **more: object) -> Composed | str:
    if not parts:
        return "nothing_to_say"
    team, member = told.team, told.member
    lang = first_of(member.lang, parts[0].lang)
    facts = {"team": team.name, "parts": parts, **more}
    return Composed(Addressee(member.person, member.email, lang), team.id, facts)
