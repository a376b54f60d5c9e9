"""The directory: an item of each person, beside the ledger."""

from collections.abc import Collection, Sequence

from msgspec.structs import asdict, replace

from chalicelib import keys, moments
from chalicelib.errors import (
    NotFound,
    PersonErased,
    Unavailable,
    WriteRefused,
)
from chalicelib.invitations.external_ids import (
    Called,
    ExternalIdStore,
    ExternalIdTaken,
    calling,
    calling_no_more,
)
from chalicelib.invitations.known import Known
from chalicelib.invitations.person_store import NOT_ERASED
from chalicelib.people.entry import Entry
from chalicelib.retry import WRITE_FAILED
from chalicelib.table import (
    IF_NEW,
    Check,
    Delete,
    Item,
    Put,
    Query,
    Table,
    Write,
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
        Raises PersonErased, ExternalIdTaken, and Unavailable when other writes win each time."""
        put, current = Put(_to_item(entry), IF_NEW), None
        standing = Check(keys.person(entry.person), NOT_ERASED)
        for _ in range(TRIES):
            try:
                self._table.transact([put, standing, *_renaming(current, entry)])
                return _entry(put.item), put.item["version"] == 1
            except WriteRefused as refused:
                if refused.index:
                    raise (PersonErased if refused.index == 1 else ExternalIdTaken)() from refused
                current = refused.current
                put = _over(current, entry, kept)
        raise Unavailable

    def put_all(self, entries: Sequence[Entry], kept: Collection[str]) -> list[Fate]:
        """ENTRIES_AT_ONCE at most, of different people. Raises Unavailable."""
        found = self._table.get_all([keys.directory(entry.person) for entry in entries])
        stored = {entry.person: found.get(keys.directory(entry.person)) for entry in entries}
        # Whose ids change are few, and each needs writes of its own.
        renamed = {one.person for one in entries if _renaming(stored[one.person], one)}
        plain = [entry for entry in entries if entry.person not in renamed]
        puts = [_over(stored[entry.person], entry, kept) for entry in plain]
        checks = [Check(keys.person(entry.person), NOT_ERASED) for entry in plain]
        try:
            if plain:
                self._table.transact([*puts, *checks])
        except WRITE_FAILED:
            renamed = set(stored)
        return [
            self._fate(entry, kept) if entry.person in renamed else Stored(entry.person)
            for entry in entries
        ]

    def _fate(self, entry: Entry, kept: Collection[str]) -> Fate:
        try:
            return Stored(self.put(entry, kept)[0].person)
        except (PersonErased, ExternalIdTaken, *UNCERTAIN) as error:
            return error

    def check_all(self, entries: Sequence[Entry]) -> list[Fate]:
        """What `put_all` would say. Writes nothing."""
        found = self._table.get_all([keys.person(entry.person) for entry in entries])
        erased = {key for key, item in found.items() if "erased_at" in item}
        called = [one for entry in entries for one in _ids(entry)]
        taken = ExternalIdStore(self._table).taken(called)

        def fate(entry: Entry) -> Fate:
            if keys.person(entry.person) in erased:
                return PersonErased()
            is_free = taken.isdisjoint(_ids(entry))
            return Checked(entry.person) if is_free else ExternalIdTaken()

        return list(map(fate, entries))

    def delete(self, person_id: str) -> None:
        """Raises NotFound, and Unavailable when other writes win each time."""
        for _ in range(TRIES):
            item = self._table.get(keys.directory(person_id))
            if item is None:
                raise NotFound("person")
            as_read = Delete(keys.directory(person_id), {"version": item["version"]})
            try:
                self._table.transact([as_read, *calling_no_more(item.get("external_ids", ()))])
                return
            except WriteRefused:
                continue
        raise Unavailable

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
    said = {name: value for name, value in asdict(entry.known).items() if name not in kept}
    ids = entry.external_ids
    item = _to_item(
        replace(
            entry,
            known=Known(**said, **stays),
            external_ids=tuple(current.get("external_ids", ())) if ids is None else ids,
        )
    )
    version = current["version"]
    return Put(item | {"version": version + 1}, {"version": version})


def _renaming(current: Item | None, entry: Entry) -> list[Write]:
    if entry.external_ids is None:
        return []
    had = set(current.get("external_ids", ())) if current else set[str]()
    new = [one for one in _ids(entry) if one.external_id not in had]
    gone = sorted(had.difference(entry.external_ids))
    return [*calling(new), *calling_no_more(gone)]


def _ids(entry: Entry) -> list[Called]:
    email = entry.email or ""
    return [Called(external_id, entry.person, email) for external_id in entry.external_ids or ()]


def _to_item(entry: Entry) -> Item:
    by = {"changed_by": entry.changed_by} if entry.changed_by else {}
    called = {"external_ids": list(entry.external_ids)} if entry.external_ids else {}
    return {
        **keys.directory(entry.person).as_item(),
        "list_pk": keys.PEOPLE,
        "list_sk": f"{entry.known.account or ''}#{entry.person}",
        "person": entry.person,
        "changed_at": moments.to_text(entry.changed_at),
        "version": 1,
        **by,
        **called,
        **{name: value for name, value in asdict(entry.known).items() if value},
    }


def _entry(item: Item) -> Entry:
    known = Known(**known_of(Known, item))
    changed_at = moments.from_text(item["changed_at"])
    return Entry(
        item["person"], known, changed_at, external_ids=tuple(item.get("external_ids", ()))
    )
