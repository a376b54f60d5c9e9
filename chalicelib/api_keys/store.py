import hashlib
import hmac
from datetime import datetime

from chalicelib import keys, moments
from chalicelib.api_keys.api_key import ApiKey, Scope
from chalicelib.table import IF_NEW, Put, Table


class KeyStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, secret: str, key: ApiKey, now: datetime) -> None:
        digest = _digest_of(secret)
        item = {
            **keys.api_key(digest).as_item(),
            "id": key.id,
            "hash": digest,
            "name": key.name,
            "scopes": sorted(key.scopes),
            "created_at": moments.to_text(now),
        }
        self._table.write(Put(item, IF_NEW))

    def find(self, secret: str) -> ApiKey | None:
        digest = _digest_of(secret)
        item = self._table.get(keys.api_key(digest))
        if item is None or not hmac.compare_digest(item["hash"], digest):
            return None
        return ApiKey(item["id"], item["name"], frozenset(Scope(scope) for scope in item["scopes"]))


def _digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
