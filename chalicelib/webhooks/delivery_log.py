"""Deliveries as they are stored: the queue of what goes out, and the log of what went. Each has an
id, a status and attempts, as a mail."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib import keys, moments, sent_keys
from chalicelib.errors import WriteRefused
from chalicelib.invitations.invitation import CLAIM, POSTPONE
from chalicelib.table import IF_NEW, Item, Put, Query, Table, Update, key_of
from chalicelib.webhooks.delivery import KEPT_FOR, Delivery, State

# Longer than a call takes, and shorter than the queue waits before it gives the message again.
CLAIM_KEPT = timedelta(minutes=2)
CLAIMED = ("claim", "claimed_until")


class DeliveryLog:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, delivery: Delivery) -> bool:
        """False when there is one already: the same event twice is one delivery."""
        try:
            self._table.write(Put(to_item(delivery), IF_NEW))
        except WriteRefused:
            return False
        return True

    def find(self, delivery_id: str) -> Item | None:
        return self._table.get(sent_keys.delivery(delivery_id))

    def page(self, to: str, limit: int, after: Item | None) -> tuple[list[Delivery], Item | None]:
        """The newest first."""
        query = Query(
            sent_keys.deliveries_to(to), "listed", newest_first=True, limit=limit, after=after
        )
        found = self._table.query(query)
        return [from_item(item) for item in found.items], found.next

    def since(self, to: str, since: datetime, limit: int) -> list[Delivery]:
        """The oldest first."""
        lowest = moments.to_text(since)
        found = self._table.query(Query(sent_keys.deliveries_to(to), "listed", lowest, limit=limit))
        return [from_item(item) for item in found.items]

    def send_again(self, delivery: Delivery, now: datetime) -> bool:
        """Of one that has ended: for three days from now on, with the same id. False when it
        moved meanwhile."""
        due = {"due_at": moments.to_text(now), "due_shard": keys.due_shard(delivery.id)}
        fresh = {**POSTPONE.set, **due, "attempts": 0}
        as_read = {"status": delivery.state.value, "attempts": delivery.attempts}
        gone = ("tried_from", "reason", "answer")
        try:
            self._table.write(
                Update(sent_keys.delivery(delivery.id), fresh, remove=gone, when=as_read)
            )
        except WriteRefused:
            return False
        return True

    def claim(self, item: Item, claim: str, now: datetime) -> None:
        """Counts the try before it is made. Raises WriteRefused when another run was faster, or
        when `claim` is written already."""
        self._table.write(
            Update(
                key_of(item),
                set={"claim": claim, "claimed_until": moments.to_text(now + CLAIM_KEPT)},
                first={"tried_from": moments.to_text(now)},
                add={"attempts": 1},
                when={**CLAIM.when, "attempts": item["attempts"]},
            )
        )

    def postpone(self, item: Item, until: datetime, facts: Item, gone: Sequence[str] = ()) -> None:
        """Back to waiting: the tick queues it again when it is due. Raises WriteRefused when
        another run has claimed it meanwhile."""
        due = {"due_at": moments.to_text(until), "due_shard": keys.due_shard(item["id"])}
        self._move(item, {**POSTPONE.set, **due, **facts}, gone)

    def end(self, item: Item, state: State, facts: Item, gone: Sequence[str] = ()) -> None:
        """Raises as `postpone`."""
        self._move(item, {"status": state.value, **facts}, gone)

    def _move(self, item: Item, facts: Item, gone: Sequence[str]) -> None:
        when = {**CLAIM.when, "attempts": item["attempts"]}
        self._table.write(Update(key_of(item), set=facts, remove=(*CLAIMED, *gone), when=when))


def to_item(delivery: Delivery) -> Item:
    made = moments.to_text(delivery.created_at)
    item: Item = {
        **sent_keys.delivery(delivery.id).as_item(),
        "list_pk": sent_keys.deliveries_to(delivery.to),
        "list_sk": keys.listed_by(made, delivery.id),
        "id": delivery.id,
        "kind": delivery.kind,
        "to": delivery.to,
        "event": delivery.event,
        "happened_at": delivery.happened_at,
        "created_at": made,
        "facts": dict(delivery.facts),
        "status": delivery.state.value,
        "attempts": delivery.attempts,
        "expires_at": int((delivery.created_at + KEPT_FOR).timestamp()),
    }
    item |= {"survey": delivery.survey} if delivery.survey else {}
    item |= {"reason": delivery.reason} if delivery.reason else {}
    if delivery.due_at is None:
        return item
    due = {"due_at": moments.to_text(delivery.due_at), "due_shard": keys.due_shard(delivery.id)}
    return item | due | {"status": State.WAITING.value}


def from_item(item: Item) -> Delivery:
    def time(name: str) -> datetime | None:
        return moments.from_text(item[name]) if name in item else None

    return Delivery(
        id=item["id"],
        kind=item["kind"],
        to=item["to"],
        event=item["event"],
        survey=item.get("survey"),
        happened_at=item["happened_at"],
        created_at=moments.from_text(item["created_at"]),
        facts=item["facts"],
        due_at=time("due_at") if "due_shard" in item else None,
        state=State(item["status"]),
        attempts=item["attempts"],
        last_at=time("last_at"),
        answer=item.get("answer"),
        reason=item.get("reason"),
    )
