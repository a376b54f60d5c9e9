"""A repeated request is done once: its key is stored with the id of what it made."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from chalicelib import keys
from chalicelib.errors import FieldError, IdempotencyKeyReused, Invalid
from chalicelib.table import IF_NEW, Item, Key, Put, Table

# As the draft of the header has it, in quotes, or bare.
IDEMPOTENCY_KEY = r'^(?:[!#-~]{1,255}|"[!#-~]{1,255}")$'
SEEN_FOR = timedelta(days=7)


class Once(Struct, frozen=True):
    """Marks a request, so that a repeat of it is found. `facts` are stored under `key`."""

    key: Key
    facts: Mapping[str, str]


class DeliveryStore:
    """Deliveries that were seen, and idempotency keys. Both are deleted by TTL."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, key: Key) -> Item | None:
        return self._table.get(key)

    @staticmethod
    def remember(once: Once, made: str, now: datetime) -> Put:
        """`made` is the id of what the request makes."""
        ends = int((now + SEEN_FOR).timestamp())
        return Put(
            {**once.key.as_item(), "invitation": made, "expires_at": ends, **once.facts}, IF_NEW
        )


def once_for(
    idempotency_key: str, request: list[Any], key_id: str, deliveries: DeliveryStore
) -> Once:
    """`request` is what must be equal when the key comes again. Raises Invalid or
    IdempotencyKeyReused."""
    bare = bare_key(idempotency_key)
    asked = json.dumps(request, sort_keys=True)
    once = Once(keys.idempotency(_sha256(f"{key_id}\x00{bare}")), {"request": _sha256(asked)})
    earlier = deliveries.find(once.key)
    if earlier and earlier["request"] != once.facts["request"]:
        raise IdempotencyKeyReused
    return once


def bare_key(idempotency_key: str) -> str:
    """Raises Invalid."""
    given = idempotency_key.strip()
    if not re.fullmatch(IDEMPOTENCY_KEY, given):
        detail = "1 to 255 characters of ASCII without a space."
        raise Invalid([FieldError("Idempotency-Key", "idempotency_key_invalid", detail)])
    return given.strip('"')


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
