"""What signing in needs."""

from chalicelib import wiring
from chalicelib.api_keys.store import KeyStore


def api_keys() -> KeyStore:
    return KeyStore(wiring.table())
