"""What a key is told of who answered, and when."""

from chalicelib import wiring
from chalicelib.api_keys.api_key import ApiKey
from chalicelib.disclosure.disclosure import Disclosure, disclosure_to
from chalicelib.disclosure.store import CellStore
from chalicelib.settings import settings


def disclosure_for(key: ApiKey) -> Disclosure:
    return disclosure_to(key.scopes, lambda: wiring.secrets().text(settings().person_key).encode())


def cells() -> CellStore:
    return CellStore(wiring.table())
