from contextlib import suppress
from datetime import datetime
from typing import Final

from msgspec import Struct

from chalicelib import keys, moments
from chalicelib.errors import WriteRefused
from chalicelib.invitations.items import LEFT, person_from_items
from chalicelib.invitations.throttle import Person
from chalicelib.table import ABSENT, Check, Condition, Delete, Key, Put, Table, Update

NOT_ERASED: Final[Condition] = {"erased_at": ABSENT}


class TakenBack(Struct, frozen=True):
    """`unsubscribed`: that the person wants no mail at all. `by` is the id of a key; None: the
    person did it."""

    unsubscribed: bool
    surveys: tuple[str, ...]
    by: str | None = None


class PersonStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, person_id: str) -> Person:
        return self._told(person_id, keys.opt_out(person_id), keys.person(person_id))

    def with_what_is_known(self, person_id: str) -> Person:
        """Also what the directory says."""
        of = (keys.opt_out, keys.person, keys.directory)
        return self._told(person_id, *(key(person_id) for key in of))

    def _told(self, person_id: str, *by: Key) -> Person:
        return person_from_items(person_id, self._table.get_all(by).values())

    def mark(self, person_id: str, flag: str, now: datetime) -> None:
        """Sets `unsubscribed_at`, `bounced_at` or `complained_at`, once."""
        attribute = f"{flag}_at"
        write = Update(
            keys.person(person_id),
            set={attribute: moments.to_text(now), "id": person_id},
            add={"version": 1},
            when={attribute: ABSENT},
        )
        try:
            self._table.write(write)
        except WriteRefused:
            return

    def opt_out(self, person_id: str, now: datetime) -> None:
        """Unsubscribes beside the person's own item, which other requests write to."""
        facts = {"id": person_id, "unsubscribed_at": moments.to_text(now)}
        self._table.write(Put({**keys.opt_out(person_id).as_item(), **facts}))

    def leave(self, person_id: str, survey: str, now: datetime) -> None:
        """No more mails of this survey, once; not of whoever was erased. Raises as Table.write."""
        left = f"{LEFT}{survey}"
        write = Update(
            keys.person(person_id),
            set={left: moments.to_text(now), "id": person_id},
            add={"version": 1},
            when={**NOT_ERASED, left: ABSENT},
        )
        with suppress(WriteRefused):
            self._table.write(write)

    def take_back(self, person_id: str, asked: TakenBack, now: datetime) -> None:
        """What the person asked for before does not hold any more. Raises as Table.transact, also
        when the person was erased."""
        names = [f"{LEFT}{survey}" for survey in asked.surveys]
        names += ["unsubscribed_at"] if asked.unsubscribed else []
        by = {"taken_back_by": asked.by} if asked.by else {}
        person = Update(
            keys.person(person_id),
            set={"taken_back_at": moments.to_text(now), **by},
            add={"version": 1},
            remove=[*names, *([] if asked.by else ["taken_back_by"])],
            when=NOT_ERASED,
        )
        beside = [Delete(keys.opt_out(person_id))] if asked.unsubscribed else []
        self._table.transact([person, *beside])

    def stop(self, person_id: str, kind: str, now: datetime) -> None:
        """No more letters of this kind. Raises as Table.transact, also when the person was
        erased."""
        stopped = {f"{keys.STOPPED_KIND}{kind}": moments.to_text(now)}
        standing = Check(keys.person(person_id), NOT_ERASED)
        self._table.transact([Update(keys.stopped(person_id), set=stopped), standing])

    def has_stopped(self, person_id: str, kind: str) -> bool:
        return f"{keys.STOPPED_KIND}{kind}" in (self._table.get(keys.stopped(person_id)) or {})
