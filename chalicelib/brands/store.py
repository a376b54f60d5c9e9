import base64
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec.structs import asdict

from chalicelib import brand_keys
from chalicelib.brands.brand import NO_BRAND, Brand, Logo
from chalicelib.table import IF_NEW, Condition, Item, Put, Table, Update, Write, known_of

# Pages that are open, and processes that have not looked for a minute, still show the old one.
KEPT: Final = timedelta(days=1)


class BrandStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self) -> Brand:
        return brand_from_item(self._table.get(brand_keys.BRAND))

    def logo(self, digest: str) -> bytes | None:
        item = self._table.get(brand_keys.logo(digest))
        return base64.b64decode(item["data"]) if item else None

    def put(self, brand: Brand, data: bytes | None, by: str, now: datetime) -> None:
        """`data` of its logo; None: it is stored already, or there is none. The last one to write
        wins. Raises as Table.transact."""
        stored = self._table.get(brand_keys.BRAND)
        when: Condition = {"version": stored["version"]} if stored else IF_NEW
        item = _to_item(brand) | {"version": stored["version"] + 1 if stored else 1}
        writes: list[Write] = [Put(item | {"changed_by": by}, when)]
        if brand.logo and data:
            text = base64.b64encode(data).decode()
            writes.append(Put({**brand_keys.logo(brand.logo.digest).as_item(), "data": text}))
        before = brand_from_item(stored).logo
        if before and before != brand.logo:
            ends = int((now + KEPT).timestamp())
            writes.append(Update(brand_keys.logo(before.digest), set={"expires_at": ends}))
        self._table.transact(writes)


def brand_from_item(item: Item | None) -> Brand:
    if item is None:
        return NO_BRAND
    logo: dict[str, Any] | None = item.get("logo")
    known = Logo(**known_of(Logo, logo)) if logo else None
    return Brand(item.get("name"), item.get("accent"), known)


def _to_item(brand: Brand) -> Item:
    facts = {"name": brand.name, "accent": brand.accent, "logo": brand.logo and asdict(brand.logo)}
    told = {name: value for name, value in facts.items() if value is not None}
    return {**brand_keys.BRAND.as_item(), **told}
