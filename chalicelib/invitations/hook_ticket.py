"""When a ticket of a hook changed last, and which invitations it led to. A ticket that is opened
again finds by it what waits. No help desk promises an order, so times decide and not arrivals."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from chalicelib import asked_keys, ids
from chalicelib.errors import WriteRefused
from chalicelib.table import Below, Item, Key, Table, Update

KEPT: Final = timedelta(days=60)
# Longer than any help desk tries again.
SAME: Final = timedelta(days=1)
# A ticket that is solved again so soon after it was opened again was opened by a "thank you".
THANKED: Final = timedelta(hours=1)
LED_TO: Final = "led_to_"  # and the id of an invitation; False: a reopening cancelled it


class TicketChange(Struct, frozen=True):
    """`at` is the help desk's own time, or that of the delivery if it sends none. `ticket` tells
    the ticket from all others of the hook. For `same` after it was solved, what tells that it is
    solved means the same resolution, unless it was opened meanwhile: nothing else tells two
    resolutions apart where the help desk sends no time."""

    source: str
    hook: str
    ticket: str
    at: datetime
    same: timedelta = timedelta()

    @property
    def key(self) -> Key:
        return key_of_ticket(self.source, self.hook, self.ticket)

    def invitation(self, resolution: str) -> str:
        """Its id: the same resolution of the ticket always gives the same invitation."""
        return ids.derived_id(self.source, self.hook, self.ticket, resolution)

    @property
    def at_ms(self) -> int:
        return int(self.at.timestamp() * 1000)


def key_of_ticket(source: str, hook: str, ticket: str) -> Key:
    return asked_keys.ticket(ids.derived_id(source, hook, ticket))


class TicketState(Struct, frozen=True):
    """What is known of a ticket before a change. Ids of invitations that it led to: a reopening
    cancelled some, and the others stand."""

    is_solved: bool = False
    standing: frozenset[str] = frozenset()
    cancelled: frozenset[str] = frozenset()


def state_from_item(item: Item | None) -> TicketState:
    found = item or {}
    led_to = _led_to(found)
    standing = frozenset(each for each in led_to if found[LED_TO + each])
    return TicketState(found.get("state") == "solved", standing, frozenset(led_to) - standing)


def cancelling(change: TicketChange, invitation: str) -> Update:
    """With what cancels the invitation: the next resolution asks at once."""
    return Update(change.key, set={f"{LED_TO}{invitation}": False})


def solving(change: TicketChange, invitation: str | None, now: datetime) -> Update:
    """Refused when the ticket changed later than that, was thanked for, or is told of again. None
    leaves what it led to."""
    led_to = {f"{LED_TO}{invitation}": True} if invitation else {}
    return Update(
        change.key,
        set={**_solved(change, now), **led_to},
        remove=("reopened_at",),
        when={
            "changed_at": Below(change.at_ms + 1),
            "quiet_until": Below(change.at_ms),
            "same_until": Below(change.at_ms),
        },
    )


def reason_for(refused: WriteRefused, change: TicketChange) -> str | None:
    """Why the ticket asks nobody, if it is what refused the write."""
    current: Item = dict(refused.current or {})
    if current.get("PK") != change.key.pk:
        return None
    if current["changed_at"] > change.at_ms:
        return "reopened_since"
    return "thanked" if current.get("quiet_until", 0) >= change.at_ms else "solved_before"


class Opened(Struct, frozen=True):
    """A ticket that is open again, since that time in milliseconds, and the invitations that it
    led to."""

    since: int
    led_to: list[str]


class HookTicketStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def reopen(self, change: TicketChange, now: datetime) -> Opened:
        """Raises WriteRefused when it changed later than that, and as Table.update."""
        opened = Update(
            change.key,
            set=_facts(change, "open", now),
            first={"reopened_at": change.at_ms},  # what it is later on, while open, is no other
            remove=("same_until",),
            when={"changed_at": Below(change.at_ms + 1)},
        )
        item = self._table.update(opened)
        return Opened(item["reopened_at"], _led_to(item))

    def be_quiet(self, change: TicketChange, since: int) -> None:
        """About a ticket that was asked about and is open since then: a resolution that comes soon
        asks nobody. Raises as Table.write."""
        until = since + int(THANKED.total_seconds() * 1000)
        as_read = {"reopened_at": since, "state": "open"}
        try:
            self._table.write(Update(change.key, set={"quiet_until": until}, when=as_read))
        except WriteRefused:
            return  # it was solved meanwhile

    def note_solved(self, change: TicketChange, now: datetime) -> None:
        """And nobody is asked. Raises as Table.write."""
        solved = Update(
            change.key,
            set=_solved(change, now),
            remove=("reopened_at",),
            when={"changed_at": Below(change.at_ms + 1)},
        )
        try:
            self._table.write(solved)
        except WriteRefused:
            return  # it changed since

    def state(self, change: TicketChange) -> TicketState:
        return state_from_item(self._table.get(change.key))


def _solved(change: TicketChange, now: datetime) -> Item:
    until = change.at_ms + int(change.same.total_seconds() * 1000)
    return _facts(change, "solved", now) | ({"same_until": until} if change.same else {})


def _facts(change: TicketChange, state: str, now: datetime) -> Item:
    ends = int((now + KEPT).timestamp())
    return {"changed_at": change.at_ms, "state": state, "expires_at": ends}


def _led_to(item: Item) -> list[str]:
    return [name.removeprefix(LED_TO) for name in item if name.startswith(LED_TO)]
