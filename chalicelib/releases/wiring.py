"""What publishing ballots needs."""

from collections.abc import Callable

from chalicelib import wiring
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.disclosure import wiring as disclosure_wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.releases.release import ReleaseNeeds
from chalicelib.releases.store import ReleaseStore
from chalicelib.releases.update_cells import UpdateCellsNeeds
from chalicelib.responses import wiring as responses_wiring
from chalicelib.tally import wiring as tally_wiring
from chalicelib.tally.tally import ALL


def release_needs(time_left: Callable[[], float]) -> ReleaseNeeds:
    return ReleaseNeeds(
        ballots_wiring.ballots(),
        ReleaseStore(wiring.ballot_table(), wiring.table()),
        ballots_wiring.ballot_keys(),
        wiring.pause,
        tally_wiring.shards().for_try,
        _asked,
        _person_of,
        time_left,
    )


def update_cells_needs() -> UpdateCellsNeeds:
    return UpdateCellsNeeds(
        ballots_wiring.ballots(),
        disclosure_wiring.cells(),
        ReleaseStore(wiring.ballot_table(), wiring.table()),
        responses_wiring.responses(),
        wiring.pause,
    )


def _person_of(address: str) -> str | None:
    person = invitations_wiring.person_of(address)
    return None if invitations_wiring.people().get(person).erased else person


def _asked(survey_id: str) -> int:
    months = tally_wiring.tallies().months(survey_id, ALL).get("", {})
    return sum(counts.get("asked", 0) for counts in months.values())
