"""Slack signs what a pressed button sends (docs.slack.dev/authentication/verifying-requests-from-
slack): hex HMAC-SHA256 of `v0:time:raw body`. Pure."""

import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from chalicelib.errors import Unauthenticated

SIGNATURE: Final = "x-slack-signature"
TIMESTAMP: Final = "x-slack-request-timestamp"
WINDOW: Final = timedelta(minutes=5)


def verify(raw: bytes, headers: Mapping[str, str], secrets: Sequence[str], now: datetime) -> str:
    """Gives the signature, by which a replay is known. `headers` are looked up in lower case.
    Raises Unauthenticated."""
    timestamp, given = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    expected = [signature_of(raw, timestamp, secret) for secret in secrets]
    matches = [hmac.compare_digest(wanted.encode(), given.encode()) for wanted in expected]
    if not any(matches):
        raise Unauthenticated("signature_invalid")
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > len("9999999999"):
        raise Unauthenticated("timestamp_invalid")
    if abs(now - datetime.fromtimestamp(int(timestamp), UTC)) > WINDOW:
        raise Unauthenticated("timestamp_stale")
    return given


def signature_of(raw: bytes, timestamp: str, secret: str) -> str:
    signed = b":".join((b"v0", timestamp.encode(), raw))
    return f"v0={hmac.digest(secret.encode(), signed, 'sha256').hex()}"
