import hashlib
import hmac
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

from chalicelib import keys, moments
from chalicelib.api_keys.api_key import ApiKey, Scope
from chalicelib.errors import NotFound, WriteRefused
from chalicelib.table import (
    ABSENT,
    IF_NEW,
    Item,
    Put,
    Query,
    Table,
    Update,
    Write,
    every,
    key_of,
)


class KeyStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, secret: str, key: ApiKey, extra: Sequence[Write] = ()) -> None:
        """Raises as Table.transact."""
        self._table.transact([Put(_to_item(_digest_of(secret), key), IF_NEW), *extra])

    def find(self, secret: str, now: datetime) -> ApiKey | None:
        """None also for a key that was revoked or has expired. Strongly consistent."""
        digest = _digest_of(secret)
        item = self._table.get(keys.api_key(digest))
        if item is None or not hmac.compare_digest(item["hash"], digest):
            return None
        key = _from_item(item)
        return key if key.is_valid(now) else None

    def note_use(self, secret: str, key: ApiKey, day: date) -> None:
        """One write for a key and a day. Raises as Table.write."""
        if key.last_used and key.last_used >= day:
            return
        before = key.last_used.isoformat() if key.last_used else ABSENT
        # Another request noted the same day, or the key was revoked at this moment.
        with suppress(WriteRefused):
            self._table.write(
                Update(
                    keys.api_key(_digest_of(secret)),
                    set={"last_used": day.isoformat()},
                    when={"id": key.id, "last_used": before, "revoked_at": ABSENT},
                )
            )

    def page(self, limit: int, after: Item | None) -> tuple[list[ApiKey], Item | None]:
        page = self._table.query(Query(keys.KEYS, "listed", limit=limit, after=after))
        return [_from_item(item) for item in page.items], page.next

    def every(self) -> list[ApiKey]:
        """For the operator, and for the names of all. A list is read page by page."""
        return [_from_item(item) for item in every(self._table, Query(keys.KEYS, "listed"))]

    def get(self, key_id: str) -> ApiKey:
        """By its public id. Raises NotFound."""
        return _from_item(self._item(key_id))

    def revoke(self, key_id: str, by: str | None, now: datetime) -> None:
        """Raises NotFound, also when it was revoked before."""
        item = self._item(key_id)
        revoked = {"revoked_at": moments.to_text(now)} | ({"revoked_by": by} if by else {})
        as_read = {"id": key_id, "revoked_at": ABSENT}
        try:
            self._table.write(Update(key_of(item), set=revoked, when=as_read))
        except WriteRefused as refused:
            raise NotFound("key") from refused

    def _item(self, key_id: str) -> Item:
        found = every(self._table, Query(keys.KEYS, "listed", lowest=key_id, highest=key_id))
        if not found:
            raise NotFound("key")
        return found[0]


def _to_item(digest: str, key: ApiKey) -> Item:
    item: Item = {
        **keys.api_key(digest).as_item(),
        "list_pk": keys.KEYS,
        "list_sk": key.id,
        "id": key.id,
        "hash": digest,
        "name": key.name,
        "scopes": sorted(key.scopes),
    }
    if key.surveys is not None:
        item["surveys"] = sorted(key.surveys)
    times = {"created_at": key.created, "ends_at": key.expires}
    item |= {name: moments.to_text(time) for name, time in times.items() if time}
    return item | ({"created_by": key.created_by} if key.created_by else {})


def _from_item(item: Item) -> ApiKey:
    return ApiKey(
        id=item["id"],
        name=item["name"],
        # A later release may know more scopes than this one.
        scopes=frozenset(scope for scope in Scope if scope.value in item["scopes"]),
        surveys=frozenset(item["surveys"]) if "surveys" in item else None,
        expires=_time(item, "ends_at"),
        created=_time(item, "created_at"),
        created_by=item.get("created_by"),
        last_used=date.fromisoformat(item["last_used"]) if "last_used" in item else None,
        revoked=_time(item, "revoked_at"),
        revoked_by=item.get("revoked_by"),
    )


def _time(item: Item, name: str) -> datetime | None:
    return moments.from_text(item[name]) if name in item else None


def _digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
