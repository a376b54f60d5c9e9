"""What is kept of a person, and the receipts of erasures."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from chalicelib import keys, moments
from chalicelib.audit import HEED, Change
from chalicelib.errors import NotFound, WriteRefused
from chalicelib.invitations.items import LEFT
from chalicelib.invitations.items import from_item as invitation_from_item
from chalicelib.invitations.person_store import NOT_ERASED
from chalicelib.noting import line_at_end
from chalicelib.people.case import Case
from chalicelib.people.erasure import COUNTED, Erasure, Progress, erasure_id, line_of_erasure
from chalicelib.responses.items import response_from_item
from chalicelib.snapshots import outdating
from chalicelib.table import (
    ABSENT,
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
    every,
    key_of,
)
from chalicelib.tasks.store import task_from_item

# By their sort keys: rows that lead nowhere.
ALONE = {keys.directory("").sk: "directory", keys.stopped("").sk: "stopped"}
FLAGS = ("unsubscribed_at", "bounced_at", "complained_at", "erased_at")


class Row(Struct, frozen=True):
    """Leads from a person to an invitation or to an outcome; or, with neither, it says something
    itself. `counts_as` is what a receipt calls it then. `external_ids`: of other tools."""

    key: Key
    invitation: str | None = None
    outcome: str | None = None
    counts_as: str = ""
    external_ids: tuple[str, ...] = ()


def flags_of(item: Item) -> dict[str, str]:
    """What a person asked for, also of one survey, and what became of their mail; by when."""
    return {name: item[name] for name in item if name in FLAGS or name.startswith(LEFT)}


class PeopleStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def flags(self, person_id: str) -> dict[str, str]:
        """When the person unsubscribed, was erased and so on."""
        places = [keys.person(person_id), keys.opt_out(person_id)]
        found = self._table.get_all(places).values()
        return {name: at for item in found for name, at in flags_of(item).items()}

    def stopped(self, person_id: str) -> dict[str, str]:
        """When the person stopped letters, by their kind."""
        item = self._table.get(keys.stopped(person_id)) or {}
        begins = keys.STOPPED_KIND
        return {
            name.removeprefix(begins): at for name, at in item.items() if name.startswith(begins)
        }

    def rows(self, person_id: str, limit: int | None = None) -> list[Row]:
        query = Query(keys.person(person_id).pk, limit=limit)
        found = self._table.query(query).items if limit else every(self._table, query)
        return [row for row in map(_row, found) if row]

    def typed_by(self, person_id: str) -> list[str]:
        """The ids of answers to which the person typed their address."""
        found = every(self._table, Query(keys.typed_by(person_id), "listed"))
        return [item["list_sk"] for item in found]

    def case(self, invitation_id: str) -> Case:
        """Strongly consistent reads of all its items."""
        of = {
            "invitation": keys.invitation(invitation_id),
            "response": keys.response(invitation_id),
            "task": keys.task(invitation_id),
            "reminders": keys.reminder(invitation_id),
            "follow_ups": keys.follow_up(invitation_id),
        }
        found = self._table.get_all(list(of.values()))
        item = {name: found[key] for name, key in of.items() if key in found}
        mailed = [keys.mail(one["message"]) for one in item.values() if "message" in one]
        return Case(
            invitation_from_item(item["invitation"]) if "invitation" in item else None,
            response_from_item(item["response"]) if "response" in item else None,
            task_from_item(item["task"]) if "task" in item else None,
            {name: item[name] for name in ("reminders", "follow_ups") if name in item},
            tuple(keys.id_of(key.pk) for key in self._table.get_all(mailed)) if mailed else (),
        )

    def transact(self, writes: Sequence[Write | Check]) -> None:
        self._table.transact(writes)

    def get(self, key: Key) -> Item | None:
        return self._table.get(key)

    def begin(self, person_id: str, now: datetime) -> Erasure:
        """Marks the person as erased: from now on nothing about them can be added. Gives the
        receipt as it stands if that was done before. Raises as Table.transact."""
        receipt = keys.erasure(erasure_id(person_id))
        at = moments.to_text(now)
        tombstone = Update(
            keys.person(person_id), set={"erased_at": at}, add={"version": 1}, when=NOT_ERASED
        )
        running = {**receipt.as_item(), **_running(person_id), "asked_at": at}
        try:
            self._table.transact([tombstone, Put(running, IF_NEW), outdating()])
        except WriteRefused:
            running = {}
        self._forget_surveys(person_id)
        return _erasure(running) if running else self.erasure(erasure_id(person_id))

    def _forget_surveys(self, person_id: str) -> None:
        """Which ones the person left. The tombstone takes no more of it."""
        kept = self._table.get(keys.person(person_id)) or {}
        left = [name for name in kept if name.startswith(LEFT)]
        if left:
            self._table.write(Update(keys.person(person_id), remove=left))

    def begin_again(self, erasure: Erasure, person_id: str) -> None:
        """Something of the person was found after it was done."""
        write = Update(keys.erasure(erasure.id), set=_running(person_id))
        self._table.write(write)

    def finish(self, erasure: Erasure, now: datetime, by: str = HEED) -> None:
        done = {"state": Progress.DONE.value, "done_at": moments.to_text(now)}
        write = Update(keys.erasure(erasure.id), set=done, remove=["person", "list_pk", "list_sk"])
        change = Change(now, "erase", f"/v1/people/erasures/{erasure.id}", by)
        line = line_at_end(change, line_of_erasure(erasure.id), now)
        self._table.transact([write, outdating(), line])

    def erasure(self, id_: str) -> Erasure:
        """Raises NotFound."""
        item = self._table.get(keys.erasure(id_))
        if item is None:
            raise NotFound("erasure")
        return _erasure(item)

    def unfinished(self) -> list[str]:
        """The persons whose erasure was begun."""
        found = every(self._table, Query(keys.ERASURES, "listed"))
        return [item["person"] for item in found]

    def forget_stranger(self, person_id: str) -> None:
        """Deletes a person of whom nothing is kept, and who asked for nothing. Raises as
        Table.write."""
        items = self._table.query(Query(keys.person(person_id).pk, limit=2)).items
        if [item["SK"] for item in items] != ["PERSON"]:
            return
        if flags_of(items[0]) or "taken_back_by" in items[0]:
            return
        as_read = {"version": items[0].get("version", ABSENT), **dict.fromkeys(FLAGS, ABSENT)}
        try:
            self._table.write(Delete(keys.person(person_id), as_read))
        except WriteRefused:
            return


def counting(erasure_id: str, counts: Mapping[str, int]) -> list[Write]:
    """Adds to the receipt, in the transaction of what it counts."""
    return [Update(keys.erasure(erasure_id), add=counts)] if counts else []


def _running(person_id: str) -> Item:
    return {
        "id": erasure_id(person_id),
        "state": Progress.RUNNING.value,
        "person": person_id,
        "list_pk": keys.ERASURES,
        "list_sk": person_id,
    }


def _row(item: Item) -> Row | None:
    key = key_of(item)
    if key.sk.startswith(keys.OF_INVITATIONS):
        return Row(key, invitation=item["invitation"])
    if key.sk.startswith(keys.OF_OUTCOMES):
        return Row(key, outcome=item["outcome"])
    if key.sk not in ALONE:
        return None
    return Row(key, counts_as=ALONE[key.sk], external_ids=tuple(item.get("external_ids", ())))


def _erasure(item: Item) -> Erasure:
    return Erasure(
        id=item["id"],
        state=Progress(item["state"]),
        asked_at=moments.from_text(item["asked_at"]),
        done_at=moments.from_text(item["done_at"]) if "done_at" in item else None,
        person=item.get("person"),
        counts={name: item.get(name, 0) for name in COUNTED},
    )
