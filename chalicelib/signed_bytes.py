"""Bytes that only a holder of the key can make, as text for an address or a form.

Layout before base32: body, MAC (16, HMAC-SHA256 cut to 128 bits, over the purpose, a zero byte
and the body). With another purpose the MAC is wrong, so a link cannot be used as a nonce.
"""

import hmac

from msgspec import Struct

from chalicelib import ids

MAC_BYTES = 16


class Signed(Struct, frozen=True):
    """As read from a text. Do not trust the body before `is_made_with` is true."""

    body: bytes
    mac: bytes

    def is_made_with(self, key: bytes, purpose: str) -> bool:
        return hmac.compare_digest(self.mac, _mac(self.body, key, purpose))


def sign(body: bytes, key: bytes, purpose: str) -> str:
    return ids.encode(body + _mac(body, key, purpose))


def read_signed(text: str, longest: int) -> Signed:
    """`longest` in characters. Raises ValueError for a text that `sign` cannot have made."""
    if len(text) > longest:
        raise ValueError("too long")
    raw = ids.decode(text)
    return Signed(raw[:-MAC_BYTES], raw[-MAC_BYTES:])


def _mac(body: bytes, key: bytes, purpose: str) -> bytes:
    return hmac.digest(key, purpose.encode() + b"\x00" + body, "sha256")[:MAC_BYTES]
