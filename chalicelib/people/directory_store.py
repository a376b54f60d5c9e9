"""The directory: an item of each person, beside the ledger."""

from collections.abc import Collection, Sequence

from chalicelib import keys, moments
from chalicelib.errors import NotFound, PersonErased, Unavailable, WriteRefused
from chalicelib.invitations.known import Known
from chalicelib.invitations.store import NOT_ERASED
from chalicelib.people.entry import Entry
from chalicelib.retry import WRITE_FAILED
from chalicelib.table import (
    IF_NEW,
    Check,
    Item,
    Put,
    Query,
    Table,
    delete_existing,
    known_of,
)
from chalicelib.web.import_rows import UNCERTAIN, Checked, Fate, Stored

TRIES = 5
ENTRIES_AT_ONCE = 50  # with the check of the person; a transaction takes 100


class DirectoryStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, person_id: str) -> Entry:
        """Raises NotFound."""
        found = self.find(person_id)
        if found is None:
            raise NotFound("person")
        return found

    def find(self, person_id: str) -> Entry | None:
        item = self._table.get(keys.directory(person_id))
        return _entry(item) if item else None

    def put(self, entry: Entry, kept: Collection[str] = ()) -> tuple[Entry, bool]:
        """The entry as it is stored, and whether it is new. `kept` names what stays as it was.
        Raises PersonErased, and Unavailable when other writes win each time."""
        put = Put(_to_item(entry), IF_NEW)
        standing = Check(keys.person(entry.person), NOT_ERASED)
        for _ in range(TRIES):
            try:
                self._table.transact([put, standing])
                return _entry(put.item), put.item["version"] == 1
            except WriteRefused as refused:
                if refused.index:
                    raise PersonErased from refused
                put = _over(refused.current, entry, kept)
        raise Unavailable

    def put_all(self, entries: Sequence[Entry], kept: Collection[str]) -> list[Fate]:
        """ENTRIES_AT_ONCE at most, of different people. Raises Unavailable."""
        found = self._table.get_all([keys.directory(entry.person) for entry in entries])
        puts = [_over(found.get(keys.directory(one.person)), one, kept) for one in entries]
        checks = [Check(keys.person(entry.person), NOT_ERASED) for entry in entries]
        try:
            self._table.transact([*puts, *checks])
        except WRITE_FAILED:
            return [self._fate(entry, kept) for entry in entries]
        return [Stored(entry.person) for entry in entries]

    def _fate(self, entry: Entry, kept: Collection[str]) -> Fate:
        try:
            return Stored(self.put(entry, kept)[0].person)
        except (PersonErased, *UNCERTAIN) as error:
            return error

    def check_all(self, entries: Sequence[Entry]) -> list[Fate]:
        """What `put_all` would say. Writes nothing."""
        found = self._table.get_all([keys.person(entry.person) for entry in entries])
        erased = {key for key, item in found.items() if "erased_at" in item}
        return [
            PersonErased() if keys.person(entry.person) in erased else Checked(entry.person)
            for entry in entries
        ]

    def delete(self, person_id: str) -> None:
        """Raises NotFound."""
        delete_existing(self._table, keys.directory(person_id), "person")

    def page(
        self, account: str | None, limit: int, after: Item | None
    ) -> tuple[list[Entry], Item | None]:
        """By account; first those who have none."""
        lowest, highest = (f"{account}#", f"{account}#~") if account else (None, None)
        query = Query(keys.PEOPLE, "listed", lowest, highest, limit=limit, after=after)
        page = self._table.query(query)
        return [_entry(item) for item in page.items], page.next


def _over(current: Item | None, entry: Entry, kept: Collection[str]) -> Put:
    """Written only if the stored one is still `current`."""
    if current is None:
        return Put(_to_item(entry), IF_NEW)
    stays = {name: current[name] for name in kept if name in current}
    said = {name: value for name, value in vars(entry.known).items() if name not in kept}
    item = _to_item(Entry(entry.person, Known(**said, **stays), entry.changed_at, entry.changed_by))
    version = current["version"]
    return Put(item | {"version": version + 1}, {"version": version})


def _to_item(entry: Entry) -> Item:
    by = {"changed_by": entry.changed_by} if entry.changed_by else {}
    return {
        **keys.directory(entry.person).as_item(),
        "list_pk": keys.PEOPLE,
        "list_sk": f"{entry.known.account or ''}#{entry.person}",
        "person": entry.person,
        "changed_at": moments.to_text(entry.changed_at),
        "version": 1,
        **by,
        **{name: value for name, value in vars(entry.known).items() if value},
    }


def _entry(item: Item) -> Entry:
    known = Known(**known_of(Known, item))
    return Entry(item["person"], known, moments.from_text(item["changed_at"]))
