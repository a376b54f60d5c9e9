"""The recount, by night and by the operator. Lists every kind of raw item that is counted."""

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
from chalicelib.tally.tally import COURSE, LOOP
from chalicelib.tasks.store import task_cells

# Everything that adds to a tally must be here. Otherwise the recount takes its counts for errors.
KINDS: Final = (
    Kind(keys.invitation(""), invitation_cells),
    Kind(keys.response(""), response_cells),
    Kind(keys.task(""), task_cells, apart=(LOOP, COURSE)),
)
# In seconds. A transaction is never seen half done for so long.
REST_S: Final = 5
# Time that is left for the last read and for the report.
MARGIN_MS: Final = 60_000


def run_recount(context: Any) -> Report:
    """Safe to run twice: correct counts are not touched."""
    report = recount(
        recount_needs(is_time_up=lambda: context.get_remaining_time_in_millis() < MARGIN_MS)
    )
    _publish_report(report)
    return report


def recount_needs(
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


def _publish_report(report: Report) -> None:
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
    """The number of wrong cells of each survey. Never which, since a segment may name people."""
    wrong = [mismatch.survey for mismatch in report.mismatched]
    return {survey: wrong.count(survey) for survey in sorted(set(wrong))}
