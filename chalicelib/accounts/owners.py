"""Whose an account is, for whoever opens a task of one of its answers."""

from chalicelib import keys
from chalicelib.table import Query, Table, every


class OwnerStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def of_answer(self, account: str | None, person: str | None, team: str) -> str | None:
        """The id of one of the team's people. `account` is what was known when the person was
        asked; without it, the account of which the person is a contact, if it is one alone."""
        known = account or (self._of_contact(person) if person else None)
        item = self._table.get(keys.account(known)) if known else None
        owner = item.get("owner") if item else None
        return owner["person"] if owner and owner["team"] == team else None

    def _of_contact(self, person: str) -> str | None:
        lowest, highest = f"{person}#", f"{person}#~"
        found = every(self._table, Query(keys.CONTACTS, "listed", lowest, highest))
        accounts = {item["account"] for item in found}
        return accounts.pop() if len(accounts) == 1 else None
