"""Decides whether a person may be asked or mailed now, from what is known of the person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from chalicelib.invitations.invitation import Invitation, Reason
from chalicelib.invitations.known import NOTHING, Known
from chalicelib.surveys.definition import Survey

Unreachable = Literal[Reason.ERASED, Reason.UNSUBSCRIBED, Reason.BOUNCED, Reason.COMPLAINED]


class LedgerEntry(Struct, frozen=True):
    """A person was asked for `survey`."""

    survey: str
    asked_at: datetime


class Person(Struct, frozen=True):
    """`version` rises with every change but that of what is `known`. `left` are the surveys
    that the person wants no more mails of."""

    id: str
    version: int = 0
    unsubscribed: bool = False
    bounced: bool = False
    complained: bool = False
    erased: bool = False
    known: Known = NOTHING
    left: frozenset[str] = frozenset()


def reason_to_be_silent(person: Person) -> Unreachable | None:
    if person.erased:
        return Reason.ERASED
    if person.unsubscribed:
        return Reason.UNSUBSCRIBED
    if person.complained:
        return Reason.COMPLAINED
    return Reason.BOUNCED if person.bounced else None


def reason_to_leave_out(person: Person, survey_id: str) -> Reason | None:
    silent = reason_to_be_silent(person)
    return silent or (Reason.UNSUBSCRIBED_FROM_SURVEY if survey_id in person.left else None)


def reason_not_to_mail(invitation: Invitation, person: Person) -> Reason | None:
    """Invitations, reminders, follow-ups, and letters about a task or a month."""
    if not invitation.email:
        return Reason.NO_ADDRESS
    return reason_to_leave_out(person, invitation.survey)


def reason_not_to_ask(
    person: Person, ledger: Sequence[LedgerEntry], survey: Survey, now: datetime
) -> Reason | None:
    silent = reason_to_leave_out(person, survey.id)
    if silent:
        return silent
    since = now - timedelta(days=survey.throttle_days)
    asked_lately = any(entry.survey == survey.id and entry.asked_at > since for entry in ledger)
    return Reason.THROTTLED if asked_lately else None
