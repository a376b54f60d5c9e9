"""Drafts, edits and sends the report of a month. Nothing of it names anybody."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.errors import Conflict, FieldError, NotFound
from chalicelib.reports.report import Report, drafted
from chalicelib.reports.store import ReportStore
from chalicelib.retry import retrying
from chalicelib.scores.summary import total
from chalicelib.surveys.definition import Survey
from chalicelib.tally.store import TallyStore
from chalicelib.tally.tally import COURSE, LOOP


class ReportNeeds(Struct, frozen=True):
    """`themes` gives those that people spoke of in a month, the most frequent first."""

    reports: ReportStore
    tallies: TallyStore
    themes: Callable[[Survey, Report], Sequence[str]]
    pause: Callable[[int], None]


def month_of(text: str) -> date:
    """Raises NotFound."""
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text, re.ASCII):
        raise NotFound("month")
    return date.fromisoformat(f"{text}-01")


def show_report(survey: Survey, month: date, needs: ReportNeeds) -> Report:
    found = needs.reports.find(survey.id, month)
    if found:
        return found
    days = Report(survey.id, month).days
    counts = [
        total(needs.tallies.days(survey.id, days.first, days.end, of).values())
        for of in (LOOP, COURSE)
    ]
    themes = needs.themes(survey, Report(survey.id, month))
    return drafted(survey.id, month, total(counts), themes)


def edit_report(
    survey: Survey,
    month: date,
    heard: Sequence[str],
    did: Sequence[str],
    by: str,
    needs: ReportNeeds,
) -> Report:
    """`by` is the id of a key. Raises Conflict and, after all tries, Unavailable."""

    def edit(attempt: int) -> Report:
        before = _stored(survey, month, needs)
        if before.is_on_its_way:
            raise _conflict("report_sent", "It was sent as it stands.")
        said = replace(before, heard=tuple(heard), did=tuple(did))
        after = replace(said, state="edited", changed_by=by)
        return needs.reports.replace(before, after)

    return retrying(edit, needs.pause)


def send_report(survey: Survey, month: date, by: str, now: datetime, needs: ReportNeeds) -> Report:
    """Safe to run twice: what is on its way stays so. Raises Conflict and, after all tries,
    Unavailable."""

    def send(attempt: int) -> Report:
        before = _stored(survey, month, needs)
        if before.is_on_its_way:
            return before
        if not before.heard and not before.did:
            raise _conflict("report_empty", "Write first what was heard, or what was done.")
        if moments.day_in(now, survey.tz) < before.days.end:
            raise _conflict("month_open", "The month is not over.")
        after = replace(before, state="sending", changed_by=by)
        return needs.reports.replace(before, after, due_at=now)

    return retrying(send, needs.pause)


def _stored(survey: Survey, month: date, needs: ReportNeeds) -> Report:
    return needs.reports.find(survey.id, month) or Report(survey.id, month)


def _conflict(code: str, detail: str) -> Conflict:
    return Conflict([FieldError("month", code, detail)])
