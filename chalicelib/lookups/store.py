from datetime import datetime

from msgspec import Struct

from chalicelib import keys, moments, sealed_keys
from chalicelib.table import IF_NEW, Item, Put, Query, Table, each, every


class Lookup(Struct, frozen=True):
    """`invitations` are those that were looked at. `by` is the id of a key."""

    id: str
    survey: str
    invitations: tuple[str, ...]
    reason: str
    by: str
    at: datetime


class LookupStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, lookup: Lookup) -> None:
        """Raises as Table.write."""
        item = {
            **sealed_keys.lookup(lookup.survey, moments.to_text(lookup.at), lookup.id).as_item(),
            "id": lookup.id,
            "invitations": list(lookup.invitations),
            "reason": lookup.reason,
            "by": lookup.by,
            "at": moments.to_text(lookup.at),
        }
        self._table.write(Put(item, IF_NEW))

    def page(
        self, survey_id: str, limit: int, after: Item | None
    ) -> tuple[list[Lookup], Item | None]:
        """The newest first."""
        query = Query(
            sealed_keys.lookups_of(survey_id), newest_first=True, limit=limit, after=after
        )
        page = self._table.query(query)
        return [_from_item(survey_id, item) for item in page.items], page.next

    def invitations_of(self, person_id: str, survey_id: str) -> list[str]:
        """By which a survey asked a person."""
        rows = every(self._table, Query(keys.person(person_id).pk))
        asked = [row["invitation"] for row in rows if row["SK"].startswith(keys.OF_INVITATIONS)]
        found = each(self._table, [keys.invitation(one) for one in asked]).values()
        return [item["id"] for item in found if item["survey"] == survey_id]

    def asked_by(self, invitation_id: str, survey_id: str) -> list[str]:
        """The invitation itself, or nothing if it is not one of the survey."""
        item = self._table.get(keys.invitation(invitation_id))
        return [invitation_id] if item and item["survey"] == survey_id else []


def _from_item(survey_id: str, item: Item) -> Lookup:
    return Lookup(
        item["id"],
        survey_id,
        tuple(item["invitations"]),
        item["reason"],
        item["by"],
        moments.from_text(item["at"]),
    )
