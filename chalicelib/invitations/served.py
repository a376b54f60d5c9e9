"""The address of whoever served, from the help desk. It is kept apart from the answer, until the
words went to it or the invitation has ended, and it leads from no answer to an employee then."""

from datetime import datetime

from chalicelib import keys
from chalicelib.discreet import Discreet
from chalicelib.errors import WriteRefused
from chalicelib.table import ABSENT, Check, Item, Key, Put, Query, Table, Write, every


class Served(Discreet, frozen=True):
    """`person` is the keyed hash of the address."""

    hidden = ("email",)

    invitation: str
    person: str
    email: str
    ends_at: datetime


class ServedStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, invitation_id: str, now: datetime) -> Served | None:
        item = self._table.get(keys.served(invitation_id))
        # TTL may delete an item days late.
        if item is None or item["expires_at"] <= now.timestamp():
            return None
        ends_at = datetime.fromtimestamp(item["expires_at"], now.tzinfo)
        return Served(invitation_id, item["person"], item["email"], ends_at)

    def of_person(self, person_id: str) -> list[Key]:
        found = every(self._table, Query(keys.served_by(person_id), "listed"))
        return [keys.served(item["list_sk"]) for item in found]


def naming(served: Served | None) -> list[Write | Check]:
    """For a transaction, which is refused when whoever served was erased."""
    if served is None:
        return []
    item: Item = {
        **keys.served(served.invitation).as_item(),
        "list_pk": keys.served_by(served.person),
        "list_sk": served.invitation,
        "person": served.person,
        "email": served.email,
        "expires_at": int(served.ends_at.timestamp()),
    }
    return [Put(item), Check(keys.person(served.person), {"erased_at": ABSENT})]


def is_of_erased(refused: WriteRefused, served: Served) -> bool:
    current = refused.current or {}
    return "erased_at" in current and current["PK"] == keys.person(served.person).pk
