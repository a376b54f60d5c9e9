"""The digest of a team, to one of its people: the words first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from chalicelib.digests.digest import Part
from chalicelib.languages import first_of
from chalicelib.notify.compose import Addressee, Composed
from chalicelib.notify.letter import Letter, letter_for
from chalicelib.periods import Range
from chalicelib.teams.team import Member, Team

KIND: Final = "digest"


@dataclass(frozen=True)
class DigestNeeds:
    """`parts` takes a team and days."""

    team: Callable[[str], Team | None]
    parts: Callable[[str, Range], Sequence[Part]]


def digest_letter(team: Team, member: Member, days: Range, now: datetime) -> Letter:
    """One for each member and day."""
    to = {"member": member.id, "since": days.first.isoformat(), "until": days.end.isoformat()}
    return letter_for(KIND, team.id, to, now)


def compose_digest(letter: Letter, needs: DigestNeeds) -> Composed | str:
    team = needs.team(letter.about)
    if team is None or team.digest == "never":
        return "not_wished"
    member = next((one for one in team.people if one.id == letter.to["member"]), None)
    if member is None:
        return "left_the_team"
    days = Range(*(date.fromisoformat(letter.to[name]) for name in ("since", "until")))
    parts = needs.parts(team.id, days)
    if not parts:
        return "nothing_to_say"
    lang = first_of(member.lang, parts[0].lang)
    facts = {"team": team.name, "parts": parts}
    return Composed(Addressee(member.person, member.email, lang), team.id, facts)
