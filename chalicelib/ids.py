"""Ids: 128 bits in 26 characters of lower-case base32, safe in keys, paths and mails."""

import base64
import hashlib
import hmac
import secrets


def new_id() -> str:
    return encode(secrets.token_bytes(16))


def derived_id(*parts: str) -> str:
    """The same parts give the same id, so that a conditional write finds a duplicate."""
    return encode(hashlib.sha256("\x00".join(parts).encode()).digest()[:16])


def keyed_id(key: bytes, text: str) -> str:
    """An id that nobody without the key can compute from the text."""
    return encode(hmac.digest(key, text.encode(), "sha256")[:16])


def encode(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()


def decode(text: str) -> bytes:
    """Raises ValueError unless `text` is exactly what `encode` gives, in any case."""
    padded = text.upper() + "=" * (-len(text) % 8)
    raw = base64.b32decode(padded)
    if encode(raw) != text.lower():
        raise ValueError("not canonical base32")
    return raw
