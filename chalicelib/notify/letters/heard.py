"""The letter to everyone who was asked in a month: what we heard, what we did. It names nobody, and
is the same for all of them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from chalicelib import ids
from chalicelib.invitations.invitation import Invitation, Reason
from chalicelib.invitations.links import language_of
from chalicelib.invitations.throttle import Person, reason_not_to_mail
from chalicelib.notify.compose import Addressee, Composed
from chalicelib.notify.letter import Letter
from chalicelib.reports.report import Report
from chalicelib.surveys.definition import Survey

KIND: Final = "heard"


class HeardNeeds(Struct, frozen=True):
    report: Callable[[str, date], Report | None]
    invitation: Callable[[str], Invitation | None]
    person: Callable[[str], Person]
    survey: Callable[[str], Survey]


def heard_letter(report: Report, invitation: Invitation, now: datetime) -> Letter:
    """One for each person and month, however often they were asked."""
    month = report.month.isoformat()
    letter_id = ids.derived_id("letter", KIND, report.survey, month, invitation.person)
    to = {"invitation": invitation.id, "month": month}
    return Letter(letter_id, KIND, report.survey, to, now, report.survey)


def compose_heard(letter: Letter, needs: HeardNeeds) -> Composed | str:
    report = needs.report(letter.about, date.fromisoformat(letter.to["month"]))
    invitation = needs.invitation(letter.to["invitation"])
    if report is None or invitation is None or invitation.is_erased:
        return Reason.ERASED.value
    reason = reason_not_to_mail(invitation, needs.person(invitation.person))
    if reason:
        return reason.value
    survey = needs.survey(report.survey)
    lang = language_of(invitation, survey)
    facts = {
        "survey_name": survey.name,
        "team": survey.team,
        "heard": report.heard,
        "did": report.did,
    }
    return Composed(Addressee(invitation.person, invitation.email, lang), survey.id, facts)
