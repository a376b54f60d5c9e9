"""Writes the digests of a team and of its people who own accounts, when its working day begins."""

from collections.abc import Callable, Container
from datetime import date, datetime

from msgspec import Struct

from chalicelib.notify.digest_store import DigestStore, Waiting
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.letters.account_digest import account_digest_letter
from chalicelib.notify.letters.digest import digest_letter
from chalicelib.periods import Range
from chalicelib.teams.due import day_of, next_start
from chalicelib.teams.team import Calendar, Team


class WriteDigestsNeeds(Struct, frozen=True):
    """`owners_in` gives the ids of a team's people who own an account."""

    team: Callable[[str], Team | None]
    letters: LetterStore
    digests: DigestStore
    holidays: Callable[[Calendar | None], Container[date]]
    owners_in: Callable[[str], Container[str]]


def write_digests(team_id: str, now: datetime, needs: WriteDigestsNeeds) -> None:
    """Safe to run twice: a letter is written once, and the next time is set when all are there.
    Raises as Table.write."""
    team, waiting = needs.team(team_id), needs.digests.find(team_id)
    if waiting is None or waiting.due_at > now:
        return
    if team is None or team.digest == "never":
        needs.digests.stop(waiting)
        return
    today, since = day_of(team.calendar, now), waiting.since
    if today in needs.holidays(team.calendar):
        again = next_start(now, team.calendar, is_weekly=False)
        needs.digests.move(waiting, Waiting(team_id, again, since))
        return
    if since < today:
        _write(team, Range(since, today), now, needs)
    due_at = next_start(now, team.calendar, is_weekly=team.digest == "weekly")
    needs.digests.move(waiting, Waiting(team_id, due_at, max(since, today)))


def _write(team: Team, days: Range, now: datetime, needs: WriteDigestsNeeds) -> None:
    owners = needs.owners_in(team.id)
    for member in team.people:
        needs.letters.add(digest_letter(team, member, days, now))
        if member.id in owners:
            needs.letters.add(account_digest_letter(team, member, days, now))
