"""Lets out of a sealed survey's published answers those cells that may be shown. It reads all
that is published, so a run that was missed loses nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib import keys
from chalicelib.ballots.box import Box
from chalicelib.ballots.store import BallotStore
from chalicelib.disclosure.cells import Row, publish_cells
from chalicelib.disclosure.store import CellStore, Ledger
from chalicelib.errors import Unavailable
from chalicelib.listed import Listing
from chalicelib.releases.store import ReleaseStore
from chalicelib.responses.response import Response
from chalicelib.responses.store import ResponseStore
from chalicelib.retry import WORTH_A_RETRY, reading, retrying

PAGE = 500


@dataclass(frozen=True)
class UpdateCellsNeeds:
    """`pause(attempt)` waits between tries, with jitter."""

    ballots: BallotStore
    cells: CellStore
    releases: ReleaseStore
    responses: ResponseStore
    pause: Callable[[int], None]


def update_cells(survey_id: str, needs: UpdateCellsNeeds) -> None:
    """Safe to run twice, and at any time: does nothing until there was a release. Raises
    Unavailable, also while the index does not have all answers yet."""
    box = reading(lambda: needs.ballots.box(survey_id), needs.pause)
    if box is None:
        return

    def update(_: int) -> None:
        ledger = needs.cells.ledger(survey_id)
        if ledger.releases < box.releases:
            cells = publish_cells(_rows(box, needs), ledger.cells, box.smallest_group, box.groups)
            needs.cells.write(survey_id, Ledger(cells, box.releases), over=ledger)

    retrying(update, needs.pause, on=(*WORTH_A_RETRY, Unavailable))


def _rows(box: Box, needs: UpdateCellsNeeds) -> list[Row]:
    """Raises Unavailable when the index is late."""
    release_of = needs.releases.release_of_receipts(box.board)
    results = [
        result
        for result in _published(box.survey, needs.responses)
        if release_of.get(str(result.receipt), box.releases + 1) <= box.releases
    ]
    expected = sum(number <= box.releases for number in release_of.values())
    if len(results) < expected:
        raise Unavailable
    return [_row(result, release_of) for result in results]


def _published(survey_id: str, responses: ResponseStore) -> list[Response]:
    found: list[Response] = []
    within, place = Listing(keys.responses_of(survey_id)), None
    while True:
        page = responses.page(within, PAGE, place)
        found, place = [*found, *page.responses], page.next
        if place is None:
            return found


def _row(result: Response, release_of: dict[str, int]) -> Row:
    return Row(
        release_of[str(result.receipt)],
        result.groups,
        result.score or 0,
        str(result.band),
    )
