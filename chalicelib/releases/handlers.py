"""Publishes and closes sealed surveys, once an hour."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from chalicelib import moments
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.ballots.box import Box, BoxState
from chalicelib.errors import OutOfTime, Unavailable
from chalicelib.logs import log_failure, logger
from chalicelib.releases import wiring
from chalicelib.releases.close import close
from chalicelib.releases.release import ReleaseNeeds, release
from chalicelib.releases.update_cells import update_cells
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey

# In the survey's zone, so that words reach the team in the morning.
FIRST_HOUR: Final = 7
# No block begins later: each of its steps may wait for some tries.
MARGIN_MS: Final = 60_000


def run_releases(context: Any) -> None:
    """Safe to run twice: each step is one transaction, and finds what is left. Raises
    Unavailable after all that could be done, so that a failure rings."""
    failed, surveys = 0, 0

    def time_left() -> float:
        return float(context.get_remaining_time_in_millis() - MARGIN_MS) / 1000

    for survey in surveys_wiring.surveys().every():
        if not survey.is_sealed:
            continue
        surveys += 1
        try:
            _go_on(survey, moments.now(), time_left)
        except Exception as error:  # whatever it is, it is this survey's; the others go on
            log_failure("release_ballots", error)
            failed += 1
    logger().info("released", extra={"surveys": surveys, "failed": failed})
    if failed:
        raise Unavailable


def _go_on(survey: Survey, now: datetime, time_left: Callable[[], float]) -> None:
    if time_left() <= 0:
        raise OutOfTime
    box = ballots_wiring.ballots().box(survey.id)
    if box is None or box.state is BoxState.CLOSED:
        return
    step(survey, box, now, wiring.release_needs(time_left))
    update_cells(survey, wiring.update_cells_needs())


def step(survey: Survey, box: Box, now: datetime, needs: ReleaseNeeds) -> None:
    local = now.astimezone(ZoneInfo(survey.tz))
    if box.state is not BoxState.OPEN or box.is_over(local.date().isoformat()):
        close(survey, now, needs)
    elif local.hour >= FIRST_HOUR:
        release(survey, now, needs)
