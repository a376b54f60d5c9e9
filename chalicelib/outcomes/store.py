from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from chalicelib import keys, moments
from chalicelib.errors import IdempotencyKeyReused, NotFound, PersonErased, WriteRefused
from chalicelib.invitations.person_store import NOT_ERASED
from chalicelib.outcomes.outcome import ChurnReason, Kind, Outcome
from chalicelib.retry import WRITE_FAILED
from chalicelib.table import (
    IF_NEW,
    Check,
    Delete,
    Item,
    Key,
    Put,
    Query,
    Table,
    Write,
    each,
    one_by_one,
)
from chalicelib.web.import_rows import UNCERTAIN, Fate, Stored

# Twice the longest time in which a report looks for outcomes.
KEPT: Final = timedelta(days=1460)
# With its row and the check of its person; a transaction takes 100.
OUTCOMES_AT_ONCE: Final = 33
CONTENT = ("kind", "person", "account", "happened_at", "reason", "note")


class OutcomeStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, outcome: Outcome) -> tuple[Outcome, bool]:
        """The outcome as it is stored, and whether it is new. Raises IdempotencyKeyReused when
        its id belongs to another outcome, PersonErased when nothing may be told of the person."""
        item = _to_item(outcome)
        try:
            self._table.transact([Put(item, IF_NEW), *_of_whom(outcome, item).values()])
        except WriteRefused as refused:
            if refused.index:
                raise PersonErased("#") from refused
            current = refused.current or {}
            if not _says_the_same(current, item):
                raise IdempotencyKeyReused from refused
            return outcome_from_item(current), False
        return outcome, True

    def add_all(self, outcomes: Sequence[Outcome]) -> list[Fate]:
        """OUTCOMES_AT_ONCE at most, all with ids of their own. Raises Unavailable."""
        items = {keys.outcome(outcome.id): _to_item(outcome) for outcome in outcomes}
        found = self._table.get_all(list(items))
        new: dict[Key, Write | Check] = {}
        for outcome in outcomes:
            key = keys.outcome(outcome.id)
            if key not in found:
                # One check for each person, however many outcomes they have.
                new |= {key: Put(items[key], IF_NEW)} | _of_whom(outcome, items[key])
        try:
            if new:
                self._table.transact(list(new.values()))
        except WRITE_FAILED:
            return [self._fate(outcome) for outcome in outcomes]
        return [_fate_of(item, found.get(key)) for key, item in items.items()]

    def _fate(self, outcome: Outcome) -> Fate:
        try:
            stored, is_new = self.add(outcome)
        except (IdempotencyKeyReused, PersonErased, *UNCERTAIN) as error:
            return error
        return Stored(stored.id, repeated=not is_new)

    def get(self, outcome_id: str) -> Outcome:
        """Raises NotFound."""
        item = self._table.get(keys.outcome(outcome_id))
        if item is None:
            raise NotFound("outcome")
        return outcome_from_item(item)

    def find_all(self, outcome_ids: Sequence[str]) -> list[Outcome]:
        found = each(self._table, list(map(keys.outcome, outcome_ids)), consistent=False)
        return [outcome_from_item(item) for item in found.values()]

    def delete(self, outcome_id: str) -> None:
        """Raises NotFound."""
        key, outcome = keys.outcome(outcome_id), self.get(outcome_id)
        told = [Delete(row) for row in _rows(outcome)]
        try:
            self._table.transact([Delete(key, when={"PK": key.pk}), *told])
        except WriteRefused as refused:
            raise NotFound("outcome") from refused

    def since(self, kind: Kind, moment: datetime) -> Iterator[Outcome]:
        """The outcomes of a kind that happened at `moment` or later. Pages are read as needed."""
        partition, lowest = keys.outcomes_of(kind), moments.to_text(moment)
        for item in one_by_one(self._table, Query(partition, "listed", lowest)):
            yield outcome_from_item(item)

    def page(self, within: Query) -> tuple[list[Outcome], Item | None]:
        """The outcomes, and where reading stopped; None at the end."""
        page = self._table.query(within)
        return [outcome_from_item(item) for item in page.items], page.next


def _of_whom(outcome: Outcome, item: Item) -> dict[Key, Write | Check]:
    """By these rows an erasure, and the time line of an account, find the outcome."""
    ends = {"outcome": outcome.id, "expires_at": item["expires_at"]}
    person = keys.person(outcome.person) if outcome.person else None
    standing: dict[Key, Write | Check] = {person: Check(person, NOT_ERASED)} if person else {}
    return standing | {row: Put({**row.as_item(), **ends}) for row in _rows(outcome)}


def _rows(outcome: Outcome) -> list[Key]:
    of_person = [keys.told(outcome.person, outcome.id)] if outcome.person else []
    of_account = [keys.told_of_account(outcome.account, outcome.id)] if outcome.account else []
    return [*of_person, *of_account]


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
        "expires_at": int((outcome.recorded_at + KEPT).timestamp()),
    }
    optional = {
        "person": outcome.person,
        "account": outcome.account,
        "reason": outcome.reason.value if outcome.reason else None,
        "note": outcome.note,
        "changed_by": outcome.changed_by,
    }
    return item | {name: value for name, value in optional.items() if value}


def outcome_from_item(item: Item) -> Outcome:
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
