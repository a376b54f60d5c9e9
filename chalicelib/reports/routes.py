"""The routes of reports: what we heard, what we did."""

from typing import Any

from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.reports import change_report, wiring
from chalicelib.reports.change_report import ReportNeeds, edit_report, month_of, send_report
from chalicelib.reports.report import Report
from chalicelib.reports.schemas import EXAMPLE, ReportBody
from chalicelib.reports.schemas import Report as Shown
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.web.answer import Reply, accepted, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.endpoint import endpoint


@endpoint(
    "Show what was heard and done in a month",
    ok("As it was edited, or a draft.", Shown),
    description="`month` is like 2026-11. The draft names the themes of comments and the causes of"
    " tasks, and as done those that were closed as fixed.",
    scope=Scope.TASKS_READ,
)
def show_report(call: Call[Any, Any], survey: str, month: str) -> Shown:
    found = surveys_wiring.surveys().get(survey)
    return _shown(change_report.show_report(found, month_of(month), _needs(call)))


@endpoint(
    "Write what was heard and done in a month",
    ok("As it stands now.", Shown),
    description="In the words that everybody gets. 409 once it is being sent.",
    scope=Scope.SURVEYS_WRITE,
    body=json_body(ReportBody, EXAMPLE),
    conflicts=True,
)
def put_report(call: Call[Any, ReportBody], survey: str, month: str) -> Shown:
    found, body = surveys_wiring.surveys().get(survey), call.body
    by, day = call.key.id, month_of(month)
    return _shown(edit_report(found, day, body.heard, body.did, by, _needs(call)))


@endpoint(
    "Send it to everyone who was asked in that month",
    accepted("It is on its way, or was sent.", Shown),
    description="Once to each, at some fifty a minute, and not to whoever wants no mail. The month"
    " is over, and something was written. A second call changes nothing.",
    scope=Scope.INVITATIONS_WRITE,
    conflicts=True,
)
def send_month(call: Call[Any, Any], survey: str, month: str) -> Reply[Shown]:
    found = surveys_wiring.surveys().get(survey)
    sent = send_report(found, month_of(month), call.key.id, call.now, _needs(call))
    return Reply(_shown(sent), status=202)


def _needs(call: Call[Any, Any]) -> ReportNeeds:
    return wiring.report_needs(disclosure_for(call.key))


def _shown(report: Report) -> Shown:
    return {
        "survey": report.survey,
        "month": f"{report.month:%Y-%m}",
        "state": report.state,
        "heard": list(report.heard),
        "did": list(report.did),
    }
