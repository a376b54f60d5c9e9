"""Secrets and signatures of Standard Webhooks 1.0.0:
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

The library of that name signs text with one secret. Here bytes are signed, by a few lines; the
library verifies them in the tests (docs/decisions/0036)."""

import base64
import hmac
import secrets
from typing import Final

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(delivery_id: str, seconds: str, body: bytes, secret: str) -> str:
    """With its version. Raises ValueError of a secret that is no base64, or empty: anybody could
    sign with that."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    if not key:
        raise ValueError("empty")
    signed = f"{delivery_id}.{seconds}.".encode(errors="replace") + body
    return f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"
