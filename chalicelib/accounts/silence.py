"""Counts who of an account was asked, who answered and who was silent. Pure. Silence is only
counted; no answer is made up for it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter

from chalicelib import moments
from chalicelib.accounts.account import AskedContact, Capacity, Engagement, Occasion
from chalicelib.accounts.schemas import (
    ContactCounts,
    ContactSummary,
    CountsByCapacity,
    CountsByEngagement,
    Standing,
    SurveyOfContact,
    TimesAnswered,
    TimesAsked,
)
from chalicelib.invitations.throttle import reason_to_be_silent

WHO = {
    Capacity.DECIDES: "who decide",
    Capacity.ADVISES: "who advise",
    Capacity.USES: "who use the service",
    Capacity.UNKNOWN: "whose capacity is not known",
}


def by_survey(occasions: Sequence[Occasion]) -> list[SurveyOfContact]:
    """In the order of the surveys' ids. `occasions` begin with the oldest."""
    surveys = sorted({occasion.survey for occasion in occasions})
    return [
        _in_survey(survey, [occasion for occasion in occasions if occasion.survey == survey])
        for survey in surveys
    ]


def _in_survey(survey: str, occasions: Sequence[Occasion]) -> SurveyOfContact:
    since = silent_since(occasions)
    return {
        "survey": survey,
        "asked": _asked(occasions),
        "answered": _answered(occasions),
        "silent_since": moments.to_text(since) if since else None,
    }


def _asked(occasions: Sequence[Occasion]) -> TimesAsked:
    return {"count": len(occasions), "last_at": moments.to_text(occasions[-1].asked_at)}


def _answered(occasions: Iterable[Occasion]) -> TimesAnswered | None:
    answers = [
        (occasion.answered_at, occasion.band)
        for occasion in occasions
        if occasion.answered_at and occasion.band
    ]
    if not answers:
        return None
    last_at, band = max(answers, key=itemgetter(0))
    return {"count": len(answers), "last_at": moments.to_text(last_at), "band": band}


def silent_since(occasions: Iterable[Occasion]) -> datetime | None:
    """The first occasion after the last answered one. None when the latest was answered."""
    since = None
    for occasion in occasions:
        if occasion.answered_at:
            since = None
        elif since is None:
            since = occasion.asked_at
    return since


def standing_of(asked: AskedContact) -> Standing:
    if not asked.occasions:
        return "erased" if asked.was_erased else "never_asked"
    return "answered" if any(occasion.answered_at for occasion in asked.occasions) else "silent"


def counts(contacts: Iterable[AskedContact]) -> ContactCounts:
    """contacts = asked + erased + never_asked, asked = answered + silent. Contacts who left are in
    no count."""
    here = [asked for asked in contacts if not asked.contact.left]
    standings = [standing_of(asked) for asked in here]
    answered, silent = standings.count("answered"), standings.count("silent")
    return {
        "contacts": len(here),
        "asked": answered + silent,
        "answered": answered,
        "silent": silent,
        "erased": standings.count("erased"),
        "never_asked": standings.count("never_asked"),
        "unreachable": sum(1 for asked in here if reason_to_be_silent(asked.person)),
    }


def summary(contacts: Sequence[AskedContact]) -> ContactSummary:
    by_capacity = {
        capacity: counts(asked for asked in contacts if asked.contact.capacity is capacity)
        for capacity in Capacity
    }
    return {
        **counts(contacts),
        "left": sum(1 for asked in contacts if asked.contact.left),
        "by_capacity": _by_capacity(by_capacity),
        "by_engagement": _by_engagement(contacts),
        "notes": _notes(by_capacity),
    }


def _by_capacity(found: Mapping[Capacity, ContactCounts]) -> CountsByCapacity:
    return {
        "decides": found[Capacity.DECIDES],
        "advises": found[Capacity.ADVISES],
        "uses": found[Capacity.USES],
        "unknown": found[Capacity.UNKNOWN],
    }


def _by_engagement(contacts: Sequence[AskedContact]) -> CountsByEngagement:
    found = {
        engagement: counts(asked for asked in contacts if asked.contact.engagement is engagement)
        for engagement in Engagement
    }
    return {
        "high": found[Engagement.HIGH],
        "normal": found[Engagement.NORMAL],
        "low": found[Engagement.LOW],
        "none": found[Engagement.NONE],
        "unknown": found[Engagement.UNKNOWN],
    }


def _notes(by_capacity: Mapping[Capacity, ContactCounts]) -> list[str]:
    return [
        f"{found['answered']} of {found['contacts']} {WHO[capacity]} have answered."
        for capacity, found in by_capacity.items()
        if found["contacts"]
    ]
