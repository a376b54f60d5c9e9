"""The nightly recount, and the operator's: every kind of raw item that is counted, by name."""

import time
from collections.abc import Callable
from typing import Any, Final

from aws_lambda_powertools.metrics import MetricUnit, single_metric

from chalicelib import keys, wiring
from chalicelib.invitations.items import invitation_cells
from chalicelib.logs import logger
from chalicelib.responses.items import response_cells
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tally.cells import CellStore, Kind
from chalicelib.tally.findings import Report
from chalicelib.tally.recount import RecountNeeds, recount
from chalicelib.tally.tally import JUDGED, LOOP
from chalicelib.tasks.store import task_cells

# Whatever adds to a tally is here, or the recount would take its counts for wrong ones.
KINDS: Final = (
    Kind(keys.invitation(""), invitation_cells),
    Kind(keys.response(""), response_cells, apart=(JUDGED,)),
    Kind(keys.task(""), task_cells, apart=(LOOP,)),
)
# Longer than a transaction is ever seen half done.
REST_S: Final = 5
# Left for the last read to end and the report to be written.
MARGIN_MS: Final = 60_000


def run_recount(context: Any) -> Report:
    """Safe to run twice: what is right is left alone."""
    report = recount(
        recounting(is_time_up=lambda: context.get_remaining_time_in_millis() < MARGIN_MS)
    )
    _tell(report)
    return report


def recounting(
    survey: str | None = None,
    repairs: bool = True,
    is_time_up: Callable[[], bool] = lambda: False,
) -> RecountNeeds:
    """Raises NotFound when there is no such survey."""
    found = [surveys_wiring.surveys().get(survey)] if survey else None
    return RecountNeeds(
        cells=CellStore(wiring.table(), KINDS, survey),
        surveys=lambda: found or surveys_wiring.surveys().every(),
        repairs=repairs,
        pause=wiring.pause,
        rest=lambda: time.sleep(REST_S),
        is_time_up=is_time_up,
    )


def _tell(report: Report) -> None:
    counts = {
        "TallyMismatch": len(report.mismatched),
        "RecountBusy": report.busy,
        "RecountUnfinished": int(not report.finished),
    }
    for name, count in counts.items():
        if count:
            # The dimension `service` is set from POWERTOOLS_SERVICE_NAME.
            with single_metric(name=name, unit=MetricUnit.Count, value=count):
                pass
    logger().info("recount", extra={**_facts(report), "wrong_surveys": _wrong_surveys(report)})


def _facts(report: Report) -> dict[str, int | bool]:
    return {
        "surveys": len(report.surveys),
        "cells": report.cells,
        "checked": report.checked,
        "busy": report.busy,
        "mismatched": len(report.mismatched),
        "repaired": report.repaired,
        "finished": report.finished,
    }


def _wrong_surveys(report: Report) -> dict[str, int]:
    """How many cells of each; never which, since a segment may name people."""
    wrong = [mismatch.survey for mismatch in report.mismatched]
    return {survey: wrong.count(survey) for survey in sorted(set(wrong))}
