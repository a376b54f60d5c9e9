"""Lets out of a sealed survey's published answers those cells that may be shown. It reads all
that is published, so a run that was missed loses nothing.
"""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from chalicelib import keys
from chalicelib.ballots.box import Box
from chalicelib.ballots.store import BallotStore
from chalicelib.disclosure.cells import Row, publish_cells
from chalicelib.disclosure.options import ANSWERED, Said, Shown, publish_options
from chalicelib.disclosure.store import CellStore, Ledger
from chalicelib.errors import Unavailable
from chalicelib.listed import Listing
from chalicelib.releases.store import ReleaseStore
from chalicelib.responses.response import Response
from chalicelib.responses.store import ResponseStore
from chalicelib.retry import WORTH_A_RETRY, reading, retrying
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import Question

PAGE = 500


class UpdateCellsNeeds(Struct, frozen=True):
    """`pause(attempt)` waits between tries, with jitter."""

    ballots: BallotStore
    cells: CellStore
    releases: ReleaseStore
    responses: ResponseStore
    pause: Callable[[int], None]


Published = tuple[int, Response]  # the number of its release, and the answer


def update_cells(survey: Survey, needs: UpdateCellsNeeds) -> None:
    """Safe to run twice, and at any time: does nothing until there was a release. Raises
    Unavailable, also while the index does not have all answers yet."""
    box = reading(lambda: needs.ballots.box(survey.id), needs.pause)
    if box is None:
        return

    def update(_: int) -> None:
        ledger = needs.cells.ledger(survey.id)
        if ledger.releases < box.releases:
            published, k = _results(box, needs), box.smallest_group
            rows = [_row(*one) for one in published]
            cells = publish_cells(rows, ledger.cells, k, box.groups)
            asked = _asked(survey.questions, published, ledger.questions, k)
            needs.cells.write(survey.id, Ledger(cells, box.releases, asked), over=ledger)

    retrying(update, needs.pause, on=(*WORTH_A_RETRY, Unavailable))


def _asked(
    questions: Sequence[Question],
    published: Sequence[Published],
    before: Mapping[str, Shown],
    k: int,
) -> dict[str, Shown]:
    asked = dict(before)
    for question in questions:
        said = [Said(number, _chosen(result, question.id)) for number, result in published]
        known, options = before.get(question.id, Shown()), [one.id for one in question.options]
        several = question.kind == "choices"
        asked[question.id] = publish_options(said, known, options, several, k)
    return asked


def _chosen(result: Response, question: str) -> frozenset[str]:
    given = result.answers.get(question, ())
    options = () if isinstance(given, str) else given
    return frozenset({ANSWERED, *options}) if given else frozenset()


def _results(box: Box, needs: UpdateCellsNeeds) -> list[Published]:
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
    # Nobody can hide behind somebody who is named.
    unnamed = [result for result in results if not result.is_named_ballot]
    return [(release_of[str(result.receipt)], result) for result in unnamed]


def _published(survey_id: str, responses: ResponseStore) -> list[Response]:
    found: list[Response] = []
    within, place = Listing(keys.responses_of(survey_id)), None
    while True:
        page = responses.page(within, PAGE, place)
        found, place = [*found, *page.responses], page.next
        if place is None:
            return found


def _row(number: int, result: Response) -> Row:
    return Row(number, result.groups, result.score or 0, str(result.band))
