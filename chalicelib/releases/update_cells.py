"""Lets out of a sealed survey's published answers those cells that may be shown. To be called after
each release: it reads everything that is published, so calls that were missed lose nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib import keys
from chalicelib.ballots.box import Box
from chalicelib.disclosure.cells import Row, publish_cells
from chalicelib.disclosure.store import CellStore
from chalicelib.errors import Unavailable
from chalicelib.listed import Listing
from chalicelib.releases.store import ReleaseStore
from chalicelib.responses.response import Response
from chalicelib.responses.store import ResponseStore
from chalicelib.retry import retrying

PAGE = 500


@dataclass(frozen=True)
class UpdateCellsNeeds:
    """`pause(attempt)` waits between tries, with jitter."""

    cells: CellStore
    releases: ReleaseStore
    responses: ResponseStore
    pause: Callable[[int], None]


def update_cells(box: Box, needs: UpdateCellsNeeds) -> None:
    """Safe to run twice. Raises Unavailable when the index does not have all answers yet, or after
    all tries: then the cells stay as they were until the next call."""
    release_of = needs.releases.release_of_receipts(box.board)
    results = _published(box.survey, needs.responses)
    if len(results) < len(release_of):
        raise Unavailable
    rows = [_row(result, release_of) for result in results if result.receipt in release_of]

    def write(_: int) -> None:
        before, version = needs.cells.read_for_change(box.survey)
        after = publish_cells(rows, before, box.smallest_group, box.groups)
        if after != before:
            needs.cells.write(box.survey, after, version)

    retrying(write, needs.pause)


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
