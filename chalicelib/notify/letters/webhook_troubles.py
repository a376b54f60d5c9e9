"""To the people of a webhook's team: it takes nothing, or it was turned off. In English, as the API
that they are about."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from chalicelib import moments
from chalicelib.notify.compose import Addressee, Composed
from chalicelib.notify.letter import Letter, letter_for
from chalicelib.teams.team import Member, Team
from chalicelib.webhooks.webhook import Webhook

FAILING: Final = "webhook_failing"
DISABLED: Final = "webhook_disabled"
WORKS, NO_ADDRESS = "works_again", "no_address"
ENGLISH: Final = "en"


class Finding(Struct, frozen=True):
    """`webhook` and `team` find by id."""

    webhook: Callable[[str], Webhook | None]
    team: Callable[[str], Team | None]


def letters_of(
    webhook: Webhook, team: Team | None, now: datetime, after: timedelta
) -> list[Letter]:
    """One for each lead of the team, or for each of its people where nobody leads. `after`: how
    long it had taken nothing, by which one warning is told from the next."""
    kind = DISABLED if webhook.off else FAILING
    people = team.people if team else ()
    leads = [member for member in people if member.role == "lead"]
    since = _since(webhook, now)
    once = since if webhook.off else f"{since} {after.days}"
    return [
        letter_for(kind, webhook.id, {"team": webhook.team, "member": member.id}, now, once=once)
        for member in leads or people
    ]


def compose(letter: Letter, now: datetime, finding: Finding) -> Composed | str:
    webhook, team = finding.webhook(letter.about), finding.team(letter.to["team"])
    member = _member(team, letter.to["member"])
    if team is None or member is None:
        return NO_ADDRESS
    if webhook is None or not _is_true_still(letter, webhook):
        return WORKS
    facts = {
        "team": team.name,
        "webhook": webhook.name,
        "webhook_id": webhook.id,
        "host": webhook.host,
        "since": _since(webhook, letter.created_at)[:16].replace("T", " "),
        "off": webhook.off,
    }
    return Composed(Addressee(member.person, member.email, ENGLISH), team.id, facts)


def _is_true_still(letter: Letter, webhook: Webhook) -> bool:
    # It is written a moment before the webhook is turned off.
    is_off = letter.kind == DISABLED and webhook.off is not None
    return is_off or webhook.failing_since is not None


def _member(team: Team | None, member_id: str) -> Member | None:
    people = team.people if team else ()
    return next((member for member in people if member.id == member_id), None)


def _since(webhook: Webhook, now: datetime) -> str:
    return moments.to_text(webhook.failing_since or now)
