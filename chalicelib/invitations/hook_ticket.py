"""When a ticket of a hook changed last, and which invitation it led to. A ticket that is opened
again finds by it what waits. No help desk promises an order, so times decide and not arrivals."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from chalicelib import asked_keys, ids
from chalicelib.errors import WriteRefused
from chalicelib.table import Below, Item, Key, Table, Update

KEPT: Final = timedelta(days=60)


@dataclass(frozen=True)
class TicketChange:
    """`at` is the help desk's own time, or that of the delivery if it sends none."""

    source: str
    hook: str
    ticket: str
    at: datetime

    @property
    def key(self) -> Key:
        return asked_keys.ticket(ids.derived_id(self.source, self.hook, self.ticket))


def noting(
    change: TicketChange, state: Literal["solved", "open"], invitation: str | None, now: datetime
) -> Update:
    """Refused when the ticket changed later than that. None leaves what it led to."""
    at = int(change.at.timestamp() * 1000)
    led_to = {"invitation": invitation} if invitation else {}
    ends = int((now + KEPT).timestamp())
    facts = {"changed_at": at, "state": state, "expires_at": ends, **led_to}
    return Update(change.key, set=facts, when={"changed_at": Below(at + 1)})


def has_changed_later(refused: WriteRefused, change: TicketChange) -> bool:
    return (refused.current or {}).get("PK") == change.key.pk


class HookTicketStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def reopen(self, change: TicketChange, now: datetime) -> str | None:
        """The invitation that the ticket led to. Raises WriteRefused when it changed later than
        that, and as Table.update."""
        item: Item = self._table.update(noting(change, "open", None, now))
        return item.get("invitation")

    def is_known_as_solved(self, change: TicketChange) -> bool:
        """A delivery told of it, whatever came of that."""
        return (self._table.get(change.key) or {}).get("state") == "solved"
