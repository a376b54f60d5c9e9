"""Writes the letters of a report, a page of invitations in each minute."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.errors import WriteRefused
from chalicelib.invitations.invitation import Invitation
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.letters.heard import heard_letter
from chalicelib.reports.store import ReportStore
from chalicelib.surveys.definition import Survey

A_MINUTE: Final = timedelta(minutes=1)


class WriteReportsNeeds(Struct, frozen=True):
    reports: ReportStore
    letters: LetterStore
    survey: Callable[[str], Survey]
    invitations: Callable[[Sequence[str]], Mapping[str, Invitation]]


def write_report(survey_id: str, month: str, now: datetime, needs: WriteReportsNeeds) -> None:
    """Safe to run twice: a letter is written once, and the place moves when all of a page are
    there. Raises as Table.write."""
    report = needs.reports.find(survey_id, date.fromisoformat(f"{month}-01"))
    if report is None or report.state != "sending":
        return
    found, place = needs.reports.asked(report, needs.survey(survey_id).tz)
    for invitation in needs.invitations(found).values():
        if invitation.is_asked and not invitation.is_erased:
            needs.letters.add(heard_letter(report, invitation, now))
    after = replace(report, place=place or report.place, state="sending" if place else "sent")
    try:
        needs.reports.replace(report, after, due_at=now + A_MINUTE if place else None)
    except WriteRefused:
        return  # another tick was here
