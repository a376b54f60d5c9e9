"""The digest of somebody who owns accounts: for each the words first. It is written with that of
the team, and has a link of its own that stops it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from msgspec import Struct

from chalicelib.accounts.account import Owner
from chalicelib.digests.read_owners_digest import OwnersDigest
from chalicelib.notify.compose import Composed
from chalicelib.notify.letter import Letter
from chalicelib.notify.letters.digest import digest_letter, digest_to, told_by
from chalicelib.periods import Range
from chalicelib.teams.team import Member, Team

KIND: Final = "account_digest"


class AccountDigestNeeds(Struct, frozen=True):
    """`digest` takes the owner and the keyed hash of their address."""

    team: Callable[[str], Team | None]
    digest: Callable[[Owner, str, Range, datetime], OwnersDigest]


def account_digest_letter(team: Team, member: Member, days: Range, now: datetime) -> Letter:
    return digest_letter(team, member, days, now, KIND)


def compose_account_digest(
    letter: Letter, now: datetime, needs: AccountDigestNeeds
) -> Composed | str:
    told = told_by(letter, needs.team(letter.about))
    if isinstance(told, str):
        return told
    found = needs.digest(Owner(told.team.id, told.member.id), told.member.person, told.days, now)
    return digest_to(told, found.parts, left_out=found.left_out)
