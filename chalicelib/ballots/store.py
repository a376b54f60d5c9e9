from collections.abc import Iterator

from chalicelib import sealed_keys
from chalicelib.ballots.ballot import Ballot
from chalicelib.ballots.box import Box
from chalicelib.ballots.items import (
    ballot_from_item,
    ballot_to_item,
    box_from_item,
    box_to_item,
    is_stub,
)
from chalicelib.errors import BallotPublished, WriteRefused
from chalicelib.table import (
    ABSENT,
    IF_NEW,
    Condition,
    Delete,
    Item,
    Put,
    Query,
    Table,
    Update,
    one_by_one,
)

STANDING: Condition = {"done": ABSENT, "taken": ABSENT}


class BallotStore:
    """The table `Ballots`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def box(self, survey_id: str) -> Box | None:
        item = self._table.get(sealed_keys.box(survey_id))
        return box_from_item(item) if item else None

    def open_box(self, box: Box) -> Box:
        """Gives the one that is there, if another opened it first."""
        try:
            self._table.write(Put(box_to_item(box), IF_NEW))
        except WriteRefused as refused:
            return box_from_item(refused.current) if refused.current else box
        return box

    def note_wave(self, box: Box, wave: str) -> None:
        """Raises as Table.write."""
        as_read = {"waves": list(box.waves) or ABSENT}
        noted = [*box.waves, wave]
        self._table.write(Update(sealed_keys.box(box.survey), set={"waves": noted}, when=as_read))

    def note_told(self, survey_id: str) -> None:
        """Safe to run twice. Raises as Table.write."""
        key = sealed_keys.box(survey_id)
        self._table.write(Update(key, set={"told": True}, when={"PK": key.pk}))

    def box_and_ballot(self, survey_id: str, ballot_id: str) -> tuple[Box | None, Ballot | None]:
        """One strongly consistent read. Raises BallotPublished."""
        box, ballot = sealed_keys.box(survey_id), sealed_keys.ballot(survey_id, ballot_id)
        found = self._table.get_all([box, ballot])
        return (
            box_from_item(found[box]) if box in found else None,
            _standing(found[ballot]) if ballot in found else None,
        )

    def put(self, ballot: Ballot, before: Ballot | None) -> None:
        """Raises as Table.write."""
        as_read = {"salt": before.salt.hex() if before else ABSENT}
        self._table.write(Put(ballot_to_item(ballot), {**STANDING, **as_read}))

    def delete(self, ballot: Ballot) -> None:
        """Raises as Table.write."""
        key = sealed_keys.ballot(ballot.survey, ballot.id)
        self._table.write(Delete(key, {**STANDING, "salt": ballot.salt.hex()}))

    def rows(self, survey_id: str) -> Iterator[Item]:
        """Ballots and stubs, in the order of their ids."""
        lowest, highest = sealed_keys.BALLOT_RANGE
        query = Query(sealed_keys.ballots_of(survey_id), lowest=lowest, highest=highest)
        return one_by_one(self._table, query)

    def ballots(self, survey_id: str) -> Iterator[Ballot]:
        """Those that are not published yet."""
        return (ballot_from_item(item) for item in self.rows(survey_id) if not is_stub(item))


def _standing(item: Item) -> Ballot:
    if is_stub(item) or "taken" in item:
        raise BallotPublished
    return ballot_from_item(item)
