"""What people are called in other tools, such as `jira:5b10ac8d82e05b22cc7d4ef5`. A help desk that
sends no address sends such an id, so the address is kept under it."""

from collections.abc import Iterable, Sequence
from typing import Final

from chalicelib import asked_keys, ids
from chalicelib.discreet import Discreet
from chalicelib.errors import Conflict, FieldError
from chalicelib.table import IF_NEW, Delete, Item, Key, Put, Table, Write, each

MOST_IDS: Final = 10


class Called(Discreet, frozen=True):
    """A person by an id of another tool."""

    hidden = ("email",)

    external_id: str
    person: str
    email: str


class ExternalIdTaken(Conflict):
    """Another person is called so in that tool."""

    def __init__(self) -> None:
        detail = "Another person has this id."
        super().__init__([FieldError("#/external_ids", "external_id_taken", detail)])


class ExternalIdStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def look_up(self, source: str, id_: str) -> str | None:
        """The address of whoever has this id in the tool."""
        item: Item | None = self._table.get(key_of_id(f"{source}:{id_}"))
        return item["email"] if item else None

    def taken(self, called: Sequence[Called]) -> set[Called]:
        """Those whose id is of another person."""
        found = each(self._table, list({key_of_id(one.external_id) for one in called}))
        owner = {key: item["person"] for key, item in found.items()}
        return {
            one for one in called if owner.get(key_of_id(one.external_id), one.person) != one.person
        }


def key_of_id(external_id: str) -> Key:
    """Upper and lower case are alike, as in most tools."""
    return asked_keys.external(ids.derived_id("external", external_id.lower()))


def calling(called: Iterable[Called]) -> list[Write]:
    """Refused when an id is somebody's already."""
    return [
        Put(
            {**key_of_id(one.external_id).as_item(), "person": one.person, "email": one.email},
            IF_NEW,
        )
        for one in called
    ]


def calling_no_more(external_ids: Iterable[str]) -> list[Write]:
    return [Delete(key_of_id(external_id)) for external_id in external_ids]
