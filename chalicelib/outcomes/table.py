"""The table of outcomes as CSV: a line for each row, with what the table is about beside it."""

from collections.abc import Mapping
from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib.outcomes.outcome import ChurnReason, Kind
from chalicelib.web.csv_export import csv_response

ABOUT = ("survey", "kind", "audience", "tz", "from", "to", "window_days")
COLUMNS = (*ABOUT, "group", "n", "yes", "rate", "low", "high")


def csv_of(report: Mapping[str, Any]) -> HttpResponse:
    about = {name: report[name] for name in ABOUT}
    reasons = [f"reason_{reason.value}" for reason in ChurnReason]
    churn = report["kind"] == Kind.CHURN
    rows = [about | _line(row) for row in report["rows"]]
    return csv_response([*COLUMNS, *(reasons if churn else [])], rows, Vary="Accept")


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    counts = {name: row[name] for name in ("group", "n", "yes", "rate")}
    reasons = {f"reason_{name}": count for name, count in (row["reasons"] or {}).items()}
    return counts | (row["interval"] or {}) | reasons
