"""Moves ballots from one table to the other. Each method is one read or one transaction, and each
transaction is refused when another run was here first."""

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib import sealed_keys
from chalicelib.ballots.ballot import Ballot
from chalicelib.ballots.box import Box
from chalicelib.ballots.items import ballot_from_item, box_to_item, is_stub
from chalicelib.ballots.store import STANDING
from chalicelib.releases.plan import Plan, plan_from_item, plan_to_item
from chalicelib.responses.contact_address import ContactAddress
from chalicelib.responses.counts import tally_changes
from chalicelib.responses.items import contact_to_item, response_to_item
from chalicelib.responses.response import Response
from chalicelib.responses.store import change_to_item
from chalicelib.table import (
    IF_NEW,
    Check,
    Delete,
    Item,
    Key,
    Put,
    Query,
    Table,
    Update,
    Write,
    each,
    one_by_one,
)
from chalicelib.tally.shards import bucket_for
from chalicelib.tally.tally import merged, tally_writes


class ReleaseStore:
    """`ballots` is the table `Ballots`, `heed` the other one."""

    def __init__(self, ballots: Table, heed: Table) -> None:
        self._ballots, self._heed = ballots, heed

    def plan(self, survey_id: str) -> Plan | None:
        item = self._ballots.get(sealed_keys.plan(survey_id))
        return plan_from_item(item) if item else None

    def take(self, plan: Plan, ballots: Sequence[Ballot], box: Box) -> None:
        """From here on nobody can change them. Refused when one of them has changed since it was
        read, or when there was another release. Raises as Table.transact."""
        unchanged = Check(sealed_keys.box(box.survey), _as_read(box))
        taken = [
            Update(
                sealed_keys.ballot(ballot.survey, ballot.id),
                set={"taken": plan.number},
                when={**STANDING, "salt": ballot.salt.hex()},
            )
            for ballot in ballots
        ]
        self._ballots.transact([unchanged, Put(plan_to_item(plan), IF_NEW), *taken])

    def taken(self, plan: Plan) -> list[Ballot]:
        """Those of the plan. Fewer when another run was faster."""
        wanted = [sealed_keys.ballot(plan.survey, ballot) for ballot in plan.ballots]
        found = each(self._ballots, wanted).values()
        return [ballot_from_item(item) for item in found if not is_stub(item)]

    def release(self, board: str, number: int) -> Item | None:
        return self._heed.get(sealed_keys.release(board, number))

    def release_of_receipts(self, board: str) -> dict[str, int]:
        """The number of the release by the hash of each receipt on the board."""
        lowest, highest = sealed_keys.RELEASE_RANGE
        query = Query(sealed_keys.board_of(board), lowest=lowest, highest=highest)
        found = one_by_one(self._heed, query)
        return {receipt: item["number"] for item in found for receipt, _ in item["rows"]}

    def publish(
        self,
        release: Item,
        results: Sequence[Response],
        shard: int,
        contacts: Sequence[ContactAddress] = (),
    ) -> None:
        """Answers, their counts and the rows of the board, together. Raises as Table.transact,
        and WriteRefused when the block is published already: `current` is what stands there."""
        stored = [replace(result, bucket=bucket_for(shard)) for result in results]
        answers = [Put(response_to_item(result), IF_NEW) for result in stored]
        changes = [Put(change_to_item(result)) for result in stored]
        counts = merged(*(tally_changes(None, result) for result in stored))
        tallies = tally_writes(release["survey"], counts, shard)
        named = [Put(contact_to_item(one)) for one in contacts]
        self._heed.transact([Put(release, IF_NEW), *answers, *changes, *named, *tallies])

    def finish(self, plan: Plan, box: Box, stubs: Sequence[Item]) -> None:
        """Nothing stays of the ballots but that there was one. Refused when another run was
        faster. Raises as Table.transact."""
        moved = {"releases": plan.number, "last_release": plan.day}
        done: list[Write] = [
            Delete(sealed_keys.plan(plan.survey), {"number": plan.number}),
            Update(sealed_keys.box(box.survey), set=moved, when=_as_read(box)),
        ]
        left = [Put(stub, {"taken": plan.number}) for stub in stubs]
        self._ballots.transact([*done, *left])

    def move_on(self, box: Box, after: Box) -> None:
        """To the next state. Raises as Table.write; a refusal means that another run did it."""
        self._ballots.write(Put(box_to_item(after), _as_read(box)))

    def delete(self, key: Key) -> None:
        self._ballots.write(Delete(key))

    def close_board(self, record: Item) -> None:
        self._heed.write(Put(record))


def _as_read(box: Box) -> dict[str, object]:
    return {"releases": box.releases, "state": box.state.value}


def is_same_block(stands: Item | None, release: Item) -> bool:
    return stands is not None and stands["rows"] == release["rows"]
