from datetime import datetime
from typing import Final

from chalicelib import member_keys
from chalicelib.errors import WriteRefused
from chalicelib.members.sign_in import SignIn
from chalicelib.table import ABSENT, Below, Item, Put, Table, Update

MOST_TRIES: Final = 5


class SignInStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, browser: str, now: datetime) -> SignIn | None:
        """The last one that the browser asked for."""
        item = self._table.get(member_keys.sign_in(browser))
        return _from_item(item, now) if item else None

    def take_try(self, browser: str, now: datetime) -> SignIn | None:
        """Counts a code that is typed, right or wrong. None when there were too many."""
        key = member_keys.sign_in(browser)
        update = Update(key, add={"tries": 1}, when={"PK": key.pk, "tries": Below(MOST_TRIES)})
        try:
            return _from_item(self._table.update(update), now)
        except WriteRefused:
            return None


def asked(sign_in: SignIn, browser: str) -> Put:
    """The write of a sign-in that is asked for. Another of the same browser ends by it."""
    return Put(
        {
            **member_keys.sign_in(browser).as_item(),
            "id": sign_in.id,
            "person": sign_in.person,
            "back": sign_in.back,
            "expires_at": int(sign_in.ends.timestamp()),
        }
    )


def used(sign_in: SignIn, browser: str) -> Update:
    """It signs in once."""
    return Update(
        member_keys.sign_in(browser), set={"used": True}, when={"id": sign_in.id, "used": ABSENT}
    )


def _from_item(item: Item, now: datetime) -> SignIn:
    ends = datetime.fromtimestamp(item["expires_at"], now.tzinfo)
    return SignIn(item["id"], item["person"], ends, item["back"], "used" in item)
