"""Reads entries of the directory from JSON and from rows of a file."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from operator import attrgetter

from msgspec import Struct

from chalicelib.errors import Conflict, FieldError
from chalicelib.invitations.known import Known
from chalicelib.languages import tag_of
from chalicelib.people.directory_store import ENTRIES_AT_ONCE, DirectoryStore
from chalicelib.people.entry import Entry
from chalicelib.people.schemas import FactsBody, PersonBody
from chalicelib.web.csv_import import Row
from chalicelib.web.import_rows import RowKind

FACTS = ("role", "location", "account", "language")
COLUMNS = ("email", *FACTS, "external_ids")
NEEDED_COLUMNS = ("email",)


class DirectoryNeeds(Struct, frozen=True):
    """`person` gives the id of an address. `known` gives which of some accounts exist."""

    directory: DirectoryStore
    person: Callable[[str], str]
    known: Callable[[Collection[str]], set[str]]


def read_facts(
    body: FactsBody, person_id: str, by: str, now: datetime, needs: DirectoryNeeds
) -> Entry:
    """`by` is the id of a key. Raises Conflict."""
    _refuse_unknown_account(body, needs.known)
    ids = body.external_ids if isinstance(body, PersonBody) else None
    return _entry(body, person_id, ids, by, now)


def person_rows(
    rows: list[Row], by: str, now: datetime, needs: DirectoryNeeds, is_dry: bool
) -> RowKind[Entry]:
    """A column that is missing in the file leaves that fact of a stored person unchanged."""
    columns = rows[0].columns if rows else frozenset()
    kept = set(FACTS) - columns
    known = needs.known({row.cells["account"] for row in rows if "account" in row.cells})

    def read(row: Row) -> Entry:
        body = PersonBody.model_validate(row.cells | _ids_in(row))
        _refuse_unknown_account(body, known.intersection)
        ids = body.external_ids if "external_ids" in columns else None
        return _entry(body, needs.person(body.email), ids, by, now)

    store = needs.directory
    put = store.check_all if is_dry else lambda entries: store.put_all(entries, kept)
    # No column holds an id: the address is shown in no report.
    return RowKind("person", read, attrgetter("person"), put, ENTRIES_AT_ONCE, says_all=False)


def _ids_in(row: Row) -> dict[str, list[str]]:
    """With blanks between them: no id holds one."""
    return {"external_ids": row.cells.get("external_ids", "").split()}


def _entry(
    body: FactsBody, person_id: str, ids: Sequence[str] | None, by: str, now: datetime
) -> Entry:
    known = Known(body.role, body.location, body.account, tag_of(body.language))
    email = body.email if isinstance(body, PersonBody) else None
    called = None if ids is None else tuple(sorted(set(ids)))
    return Entry(person_id, known, now, by, called, email)


def _refuse_unknown_account(body: FactsBody, known: Callable[[Collection[str]], set[str]]) -> None:
    if body.account and not known({body.account}):
        raise Conflict([FieldError("#/account", "account_unknown", "There is no such account.")])
