"""The accounts of an owner: a row for each, beside the account, so that nobody reads all accounts
to find them."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import asdict

from chalicelib import sent_keys
from chalicelib.accounts.account import Account, Owner
from chalicelib.table import Delete, Item, Key, Put, Query, Table, Write, one_by_one


class Owned(Struct, frozen=True):
    """`account` is its id."""

    owner: Owner
    account: str
    name: str


class OwnedStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def by(self, owner: Owner) -> list[Owned]:
        """By the ids of the accounts."""
        lowest, highest = f"{owner.person}#", f"{owner.person}#~"
        partition = sent_keys.owned(owner.team, "", "").pk
        found = one_by_one(self._table, Query(partition, None, lowest, highest))
        return [_owned(item) for item in found]

    def owners_in(self, team_id: str) -> set[str]:
        """The ids of the team's people who own an account."""
        found = one_by_one(self._table, Query(sent_keys.owned(team_id, "", "").pk))
        return {item["person"] for item in found}


def owning(account: Account, before: Owner | None) -> Iterator[Write]:
    """The row of its owner instead of that of the one before. For a transaction."""
    if before and before != account.owner:
        yield Delete(row_of(before, account.id))
    if account.owner:
        row = row_of(account.owner, account.id).as_item()
        named = {"account": account.id, "name": account.name}
        yield Put({**row, **asdict(account.owner), **named})


def row_of(owner: Owner, account_id: str) -> Key:
    return sent_keys.owned(owner.team, owner.person, account_id)


def _owned(item: Item) -> Owned:
    return Owned(Owner(item["team"], item["person"]), item["account"], item["name"])
