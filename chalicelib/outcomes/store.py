from collections.abc import Iterator, Sequence
from datetime import datetime

from chalicelib import keys, moments
from chalicelib.errors import IdempotencyKeyReused, NotFound, WriteRefused
from chalicelib.outcomes.outcome import ChurnReason, Kind, Outcome
from chalicelib.retry import WRITE_FAILED
from chalicelib.table import IF_NEW, Delete, Item, Put, Query, Table, one_by_one
from chalicelib.web.import_rows import UNCERTAIN, Fate, Stored

CONTENT = ("kind", "person", "account", "happened_at", "reason", "note")


class OutcomeStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, outcome: Outcome) -> tuple[Outcome, bool]:
        """The outcome as it is stored, and whether it is new. Raises IdempotencyKeyReused when
        its id belongs to another outcome."""
        item = _to_item(outcome)
        try:
            self._table.write(Put(item, IF_NEW))
        except WriteRefused as refused:
            current = refused.current or {}
            if not _says_the_same(current, item):
                raise IdempotencyKeyReused from refused
            return _from_item(current), False
        return outcome, True

    def add_all(self, outcomes: Sequence[Outcome]) -> list[Fate]:
        """100 at most, all with ids of their own. Raises Unavailable."""
        items = {keys.outcome(outcome.id): _to_item(outcome) for outcome in outcomes}
        found = self._table.get_all(list(items))
        new = [Put(item, IF_NEW) for key, item in items.items() if key not in found]
        try:
            if new:
                self._table.transact(new)
        except WRITE_FAILED:
            return [self._fate(outcome) for outcome in outcomes]
        return [_fate_of(item, found.get(key)) for key, item in items.items()]

    def _fate(self, outcome: Outcome) -> Fate:
        try:
            stored, is_new = self.add(outcome)
        except (IdempotencyKeyReused, *UNCERTAIN) as error:
            return error
        return Stored(stored.id, repeated=not is_new)

    def get(self, outcome_id: str) -> Outcome:
        """Raises NotFound."""
        item = self._table.get(keys.outcome(outcome_id))
        if item is None:
            raise NotFound("outcome")
        return _from_item(item)

    def delete(self, outcome_id: str) -> None:
        """Raises NotFound."""
        key = keys.outcome(outcome_id)
        try:
            self._table.write(Delete(key, when={"PK": key.pk}))
        except WriteRefused as refused:
            raise NotFound("outcome") from refused

    def since(self, kind: Kind, moment: datetime) -> Iterator[Outcome]:
        """The outcomes of a kind that happened at `moment` or later. Pages are read as needed."""
        partition, lowest = keys.outcomes_of(kind), moments.to_text(moment)
        for item in one_by_one(self._table, Query(partition, "listed", lowest)):
            yield _from_item(item)


def _says_the_same(current: Item, item: Item) -> bool:
    return all(current.get(name) == item.get(name) for name in CONTENT)


def _fate_of(item: Item, current: Item | None) -> Fate:
    if current and not _says_the_same(current, item):
        return IdempotencyKeyReused()
    return Stored(item["id"], repeated=current is not None)


def _to_item(outcome: Outcome) -> Item:
    happened_at = moments.to_text(outcome.happened_at)
    item: Item = {
        **keys.outcome(outcome.id).as_item(),
        "list_pk": keys.outcomes_of(outcome.kind),
        "list_sk": keys.listed_by(happened_at, outcome.id),
        "id": outcome.id,
        "kind": outcome.kind.value,
        "happened_at": happened_at,
        "recorded_at": moments.to_text(outcome.recorded_at),
    }
    optional = {
        "person": outcome.person,
        "account": outcome.account,
        "reason": outcome.reason.value if outcome.reason else None,
        "note": outcome.note,
        "changed_by": outcome.changed_by,
    }
    return item | {name: value for name, value in optional.items() if value}


def _from_item(item: Item) -> Outcome:
    return Outcome(
        id=item["id"],
        kind=Kind(item["kind"]),
        person=item.get("person"),
        account=item.get("account"),
        happened_at=moments.from_text(item["happened_at"]),
        reason=ChurnReason(item["reason"]) if "reason" in item else None,
        note=item.get("note"),
        recorded_at=moments.from_text(item["recorded_at"]),
    )
