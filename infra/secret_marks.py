"""Tells whether two stacks have the same keys, and nothing of a key."""

import hashlib
import hmac

from chalicelib.invitations import wiring


def person_key_mark() -> str:
    return _mark(wiring.person_key().encode())


def link_key_marks() -> dict[str, str]:
    """By the id of the key."""
    return {name: _mark(key) for name, key in wiring.token_keys().keys.items()}


def _mark(key: bytes) -> str:
    # A key is 64 characters by chance, so nobody finds it by trying.
    return hmac.digest(key, b"heed export", hashlib.sha256).hex()
