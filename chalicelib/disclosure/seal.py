"""Bytes that only a holder of the key can read or make, and that are the same for the same
content: the synthetic IV of RFC 5297 with HMAC-SHA256 and SHAKE256. Pure.

Layout: MAC of the purpose and the content (16), the content under the stream that the MAC gives.
"""

import hashlib
import hmac

MAC_BYTES = 16


def seal(content: bytes, key: bytes, purpose: str) -> bytes:
    mac = _mac(content, key, purpose)
    return mac + _under_stream(content, key, mac)


def unseal(sealed: bytes, key: bytes, purpose: str) -> bytes:
    """Raises ValueError unless `seal` made it with the same key and purpose."""
    mac, hidden = sealed[:MAC_BYTES], sealed[MAC_BYTES:]
    content = _under_stream(hidden, key, mac)
    if not hmac.compare_digest(mac, _mac(content, key, purpose)):
        raise ValueError("not sealed with this key")
    return content


def _mac(content: bytes, key: bytes, purpose: str) -> bytes:
    own = hmac.digest(key, b"mac", "sha256")
    return hmac.digest(own, purpose.encode() + b"\x00" + content, "sha256")[:MAC_BYTES]


def _under_stream(content: bytes, key: bytes, mac: bytes) -> bytes:
    own = hmac.digest(key, b"stream", "sha256")
    stream = hashlib.shake_256(own + mac).digest(len(content))
    return bytes(a ^ b for a, b in zip(content, stream, strict=True))
