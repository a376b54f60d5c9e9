"""Who of an account was asked, who answered and who was silent. Pure: it counts, and
nothing is imputed for anybody who said nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib import moments
from chalicelib.accounts.account import AskedContact, Capacity, Engagement, Occasion
from chalicelib.invitations.throttle import reason_to_be_silent

WHO = {
    Capacity.DECIDES: "who decide",
    Capacity.ADVISES: "who advise",
    Capacity.USES: "who use the service",
    Capacity.UNKNOWN: "whose capacity is not known",
}


def by_survey(occasions: Sequence[Occasion]) -> list[dict[str, Any]]:
    """Each survey that asked, by its id. `occasions`: the oldest first."""
    surveys = sorted({one.survey for one in occasions})
    return [_in_survey(name, [one for one in occasions if one.survey == name]) for name in surveys]


def _in_survey(survey: str, occasions: Sequence[Occasion]) -> dict[str, Any]:
    answers = [one for one in occasions if one.answered_at]
    last = max(answers, key=lambda one: one.answered_at or one.asked_at) if answers else None
    return {
        "survey": survey,
        "asked": {"count": len(occasions), "last_at": moments.to_text(occasions[-1].asked_at)},
        "answered": {
            "count": len(answers),
            "last_at": moments.to_text(last.answered_at or last.asked_at),
            "band": last.band.value if last.band else None,
        }
        if last
        else None,
        "silent_since": _text(silent_since(occasions)),
    }


def silent_since(occasions: Sequence[Occasion]) -> datetime | None:
    """The first asking after the last that was answered; None when that was the latest."""
    since = None
    for one in occasions:
        if one.answered_at:
            since = None
        elif since is None:
            since = one.asked_at
    return since


def _text(moment: datetime | None) -> str | None:
    return moments.to_text(moment) if moment else None


def standing_of(asked: AskedContact) -> str:
    if not asked.occasions:
        return "never_asked"
    return "answered" if any(one.answered_at for one in asked.occasions) else "silent"


def counts(contacts: Sequence[AskedContact]) -> dict[str, int]:
    """contacts = asked + never_asked, asked = answered + silent. Whoever left is in none."""
    here = [one for one in contacts if not one.contact.left]
    standings = [standing_of(one) for one in here]
    answered, silent = standings.count("answered"), standings.count("silent")
    return {
        "contacts": len(here),
        "asked": answered + silent,
        "answered": answered,
        "silent": silent,
        "never_asked": standings.count("never_asked"),
        "unreachable": sum(1 for one in here if reason_to_be_silent(one.person)),
    }


def summary(contacts: Sequence[AskedContact]) -> dict[str, Any]:
    by_capacity = {
        capacity: counts([one for one in contacts if one.contact.capacity is capacity])
        for capacity in Capacity
    }
    by_engagement = {
        engagement.value: counts([one for one in contacts if one.contact.engagement is engagement])
        for engagement in Engagement
    }
    return {
        **counts(contacts),
        "left": sum(1 for one in contacts if one.contact.left),
        "by_capacity": {capacity.value: found for capacity, found in by_capacity.items()},
        "by_engagement": by_engagement,
        "notes": [
            f"{found['answered']} of {found['contacts']} {WHO[capacity]} have answered."
            for capacity, found in by_capacity.items()
            if found["contacts"]
        ],
    }
