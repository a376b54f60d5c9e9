"""What the use cases of reports need."""

from chalicelib import wiring
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.reports.change_report import ReportNeeds
from chalicelib.reports.report import Report
from chalicelib.reports.store import ReportStore
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.count_themes import count_themes
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.tally import wiring as tally_wiring
from chalicelib.web.days import DaysQuery


def report_needs(told: Disclosure) -> ReportNeeds:
    def themes(survey: Survey, report: Report) -> list[str]:
        if survey.is_sealed:
            return []  # its words are of its whole life, and never of a month
        days = DaysQuery.model_validate(
            {"from": str(report.days.first), "to": str(report.days.end)}
        )
        told_of = surveys_wiring.definition_for_reading(survey.id)
        counted = count_themes(told_of, days, responses_wiring.responses(), told)
        return [row["theme"] for row in counted["themes"] if row["count"]]

    return ReportNeeds(ReportStore(wiring.table()), tally_wiring.tallies(), themes, wiring.pause)
