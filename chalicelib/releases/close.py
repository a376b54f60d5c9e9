"""Closes a sealed survey, in steps that are each stored: it is frozen; when no vote can be under
way any more, the rest is published and counted; ballots and keys are destroyed, and the closing
record is written. A run that ends anywhere is finished by the next one.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from chalicelib import moments
from chalicelib.ballots.box import Box, BoxState
from chalicelib.ballots.items import is_stub
from chalicelib.errors import BallotsMiscounted, OutOfTime
from chalicelib.releases.block import size_of_last_block
from chalicelib.releases.board import closed_to_item, total_of
from chalicelib.releases.release import Released, ReleaseNeeds, finish_plan, publish_blocks
from chalicelib.retry import reading, retrying
from chalicelib.surveys.definition import Survey
from chalicelib.table import key_of

# A vote that found the box open is written by then, or never: its function has less time.
UNDER_WAY = timedelta(seconds=60)


def close(survey: Survey, now: datetime, needs: ReleaseNeeds) -> Box | None:
    """Goes on as far as it may now, and gives the box as it is then; None before the first ask.
    Raises BallotsMiscounted and Unavailable."""
    _publish_rest(survey, now, needs)

    def go_on(_: int) -> Box | None:
        box = needs.ballots.box(survey.id)
        return _next(box, survey, now, needs) if box else None

    return retrying(go_on, needs.pause)


def _next(box: Box, survey: Survey, now: datetime, needs: ReleaseNeeds) -> Box:
    """Raises WriteRefused when another run was faster."""
    match box.state:
        case BoxState.OPEN:
            return _freeze(box, now, needs)
        case BoxState.FROZEN if _is_at_rest(box, now):
            return _destroy(_count(box, needs), survey, now, needs)
        case BoxState.CLOSING:
            return _destroy(box, survey, now, needs)
    return box


def _freeze(box: Box, now: datetime, needs: ReleaseNeeds) -> Box:
    frozen = replace(box, state=BoxState.FROZEN, frozen_at=moments.to_text(now))
    needs.releases.move_on(box, frozen)
    return frozen


def _is_at_rest(box: Box, now: datetime) -> bool:
    return now - moments.from_text(box.frozen_at or "") >= UNDER_WAY


def _publish_rest(survey: Survey, now: datetime, needs: ReleaseNeeds) -> None:
    """What no vote can change any more."""
    box = reading(lambda: needs.ballots.box(survey.id), needs.pause)
    if box is None or box.state is not BoxState.FROZEN or not _is_at_rest(box, now):
        return
    day, done = moments.day_in(now, survey.tz).isoformat(), Released()
    finish_plan(survey, done, needs)
    publish_blocks(survey, day, _size, done, needs)
    if needs.time_left() <= 0:
        raise OutOfTime


def _size(waiting: int, box: Box) -> int:
    return size_of_last_block(waiting, box.smallest_group)


def _count(box: Box, needs: ReleaseNeeds) -> Box:
    """The counts of the closing record. From here on what was not published is given up."""
    rows = list(needs.ballots.rows(box.survey))
    published = sum(map(is_stub, rows))
    if published != total_of(needs.releases.release(box.board, box.releases)):
        raise BallotsMiscounted
    held = sum("held" in row for row in rows)
    counts = {
        "asked": needs.asked(box.survey),
        "published": published,
        "held": held,
        "left_out": len(rows) - published - held,
        "releases": box.releases,
    }
    closing = replace(box, state=BoxState.CLOSING, counts=counts)
    needs.releases.move_on(box, closing)
    return closing


def _destroy(box: Box, survey: Survey, now: datetime, needs: ReleaseNeeds) -> Box:
    """The ballots go before the keys, and the record says so when both are gone."""
    for row in needs.ballots.rows(box.survey):
        # A confidential survey remembers which answer came of which invitation.
        if box.identity == "anonymous" or not is_stub(row):
            needs.releases.delete(key_of(row))
    needs.keys.destroy(box.survey)
    needs.releases.close_board(closed_to_item(box, moments.day_in(now, survey.tz).isoformat()))
    closed = replace(box, state=BoxState.CLOSED, frozen_at=None)
    needs.releases.move_on(box, closed)
    return closed
