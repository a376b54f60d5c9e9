"""The page of a month's report: what we heard, what we did."""

from datetime import date
from typing import Any

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.page import page
from chalicelib.dashboard.setup.read_body import of_the_whole, read_body
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.errors import Conflict
from chalicelib.noting import acting
from chalicelib.reports import wiring
from chalicelib.reports.change_report import (
    ReportNeeds,
    edit_report,
    month_of,
    send_report,
    show_report,
)
from chalicelib.reports.report import MOST_LINES
from chalicelib.reports.schemas import ReportBody
from chalicelib.surveys import wiring as surveys_wiring

SHOWN_MONTHS = 12


@page(Scope.TASKS_READ, Scope.SURVEYS_WRITE)
def show_months(visit: Visit[Any], survey: str) -> Shown:
    definition = surveys_wiring.surveys().get(survey)
    months = _months_before(moments.day_in(visit.now, definition.tz))
    return Shown("setup/reports", {"survey": definition, "months": months})


@page(Scope.TASKS_READ, Scope.SURVEYS_WRITE)
def show_month(visit: Visit[Any], survey: str, month: str) -> Shown:
    definition, day = surveys_wiring.surveys().get(survey), month_of(month)
    report = show_report(definition, day, _needs(visit))
    is_over = moments.day_in(visit.now, definition.tz) >= report.days.end
    facts = {"survey": definition, "month": month, "report": report, "is_over": is_over}
    return Shown("setup/report", {**facts, "most_lines": MOST_LINES})


@page(Scope.TASKS_READ, Scope.SURVEYS_WRITE, again=show_month)
def change_month(visit: Visit[Any], survey: str, month: str) -> Moved:
    """Sending takes what stands in the form, so that nothing typed is left behind."""
    definition, day, needs = surveys_wiring.surveys().get(survey), month_of(month), _needs(visit)
    form, by = visit.form, visit.key.id
    body = read_body(ReportBody, {"heard": form.lines("heard"), "did": form.lines("did")})
    is_sent = form.text("act") == "send" and visit.may(Scope.INVITATIONS_WRITE)
    acting("send_month" if is_sent else "put_report")
    try:
        edit_report(definition, day, body.heard, body.did, by, needs)
        if is_sent:
            send_report(definition, day, by, visit.now, needs)
            return Moved(f"setup/surveys/{survey}/reports/{month}", said="queued")
    except Conflict as conflict:
        raise of_the_whole(conflict) from conflict
    return Moved(f"setup/surveys/{survey}/reports/{month}", said="saved")


def _needs(visit: Visit[Any]) -> ReportNeeds:
    return wiring.report_needs(disclosure_for(visit.key))


def _months_before(day: date) -> list[str]:
    last = day.year * 12 + day.month - 1
    months = range(last, last - SHOWN_MONTHS, -1)
    return [f"{month // 12}-{month % 12 + 1:02}" for month in months]
