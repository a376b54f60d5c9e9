"""The state of an invitation or a follow-up while it is sent: claimed, then sent,
suppressed or put off. Both kinds of item carry id, status and attempts."""

from datetime import datetime, timedelta

from chalicelib import keys, moments
from chalicelib.score.tally import ALL, tally_writes
from chalicelib.table import IF_NEW, Item, Key, Put, Table, Update, Write

# A claim that was not finished is taken to have failed after this: longer than the
# function may run, shorter than the queue waits before it hands the message out again.
CLAIM = timedelta(minutes=2)
MAIL_ID_KEPT = timedelta(days=60)
QUEUED = {"status": "queued"}


class OutboxStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, key: Key) -> Item | None:
        return self._table.get(key)

    def claim(self, item: Item, now: datetime) -> None:
        """Raises WriteRefused when another run was faster."""
        self._table.write(
            Update(
                _key(item),
                set={"claimed_until": moments.to_text(now + CLAIM)},
                add={"attempts": 1},
                when={**QUEUED, "attempts": item["attempts"]},
            )
        )

    def invitation_sent(
        self, item: Item, message_id: str | None, day: str, now: datetime, shard: int
    ) -> None:
        """The invitation is sent and its survey's `asked` counts rise, in one step. No
        message id: the mail service never answered (`reason` says so)."""
        cells = {(segment, day): {"asked": 1} for segment in (ALL, *item["segments"])}
        sent = _sent(item, item["person"], message_id, now, {"asked_day": day})
        self._table.transact([*sent, *tally_writes(item["survey"], cells, shard)])

    def follow_up_sent(
        self, item: Item, person: str, message_id: str | None, now: datetime
    ) -> None:
        self._table.transact(_sent(item, person, message_id, now, {}))

    def suppress(self, item: Item, reason: str) -> None:
        """No e-mail goes out, and the item says why."""
        self._move(item, {"status": "suppressed", "reason": reason})

    def postpone(self, item: Item, until: datetime) -> None:
        """Back to waiting: the tick queues it again when it is due."""
        due = {"due_at": moments.to_text(until), "due_shard": keys.due_shard(item["id"])}
        self._move(item, {"status": "waiting", **due})

    def person_of_mail(self, message_id: str) -> str | None:
        found = self._table.get(keys.mail(message_id))
        return found["person"] if found else None

    def _move(self, item: Item, facts: Item) -> None:
        self._table.write(Update(_key(item), set=facts, remove=["claimed_until"], when=QUEUED))


def _key(item: Item) -> Key:
    return Key(item["PK"], item["SK"])


def _sent(
    item: Item, person: str, message_id: str | None, now: datetime, facts: Item
) -> list[Write]:
    known = {"status": "sent", "sent_at": moments.to_text(now), **facts}
    if message_id is None:
        known["reason"] = "mail_unknown"
    done = Update(_key(item), set=known, remove=["claimed_until"], when=QUEUED)
    return [done, *([_mail_id(message_id, person, now)] if message_id else [])]


def _mail_id(message_id: str, person: str, now: datetime) -> Put:
    ends = int((now + MAIL_ID_KEPT).timestamp())
    return Put({**keys.mail(message_id).as_item(), "person": person, "expires_at": ends}, IF_NEW)
