"""What became of the deliveries of a hook. The line of an accepted delivery is also what
remembers it: it is written with the invitation, and refuses the same delivery a second time."""

import hashlib
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from chalicelib import ids, keys, moments
from chalicelib.helpdesks.hook import Hook
from chalicelib.table import Item, Put, Query, Table
from chalicelib.web.idempotency import SEEN_FOR, Once

SHOWN: Final = 50
Result = Literal["accepted", "duplicate", "ignored", "refused"]


class Line(Struct, frozen=True):
    """`reason` is empty of what was accepted. `ticket` is its id in the help desk, empty when it
    is not known. `invitation` is the id of the one that stands for it, if there is one."""

    at: datetime
    result: Result
    reason: str = ""
    ticket: str = ""
    invitation: str = ""


class DeliveryLog:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, hook: Hook, line: Line) -> None:
        """Of what makes no invitation. Raises as Table.write."""
        made = {"invitation": line.invitation} if line.invitation else {}
        facts = _facts(hook, line, ids.new_id()) | made
        ends = int((line.at + SEEN_FOR).timestamp())
        self._table.write(Put({**facts, "expires_at": ends}))

    def latest(self, hook: Hook, limit: int) -> list[Line]:
        """The newest first."""
        partition = keys.delivered_to(hook.id)
        page = self._table.query(Query(partition, "listed", newest_first=True, limit=limit))
        return [_from_item(item) for item in page.items]


def once(hook: Hook, delivery: str, ticket: str, reason: str, now: datetime) -> Once:
    """Writes the line of an accepted delivery, if it is the first. `delivery` tells it from
    others."""
    # JSON can spell half a character, which no UTF-8 can.
    digest = hashlib.sha256(delivery.encode(errors="surrogatepass")).hexdigest()[:32]
    facts = _facts(hook, Line(now, "accepted", reason, ticket), digest)
    return Once(keys.delivered(hook.id, digest), facts)


def _facts(hook: Hook, line: Line, name: str) -> dict[str, str]:
    at = moments.to_text(line.at)
    found = {"reason": line.reason, "ticket": line.ticket}
    return {
        **keys.delivered(hook.id, name).as_item(),
        "list_pk": keys.delivered_to(hook.id),
        "list_sk": keys.listed_by(at, name),
        "at": at,
        "result": line.result,
        **{key: value for key, value in found.items() if value},
    }


def _from_item(item: Item) -> Line:
    return Line(
        moments.from_text(item["at"]),
        item["result"],
        item.get("reason", ""),
        item.get("ticket", ""),
        item.get("invitation", ""),
    )
