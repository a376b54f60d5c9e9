"""The nonce of one rendered page: which visit, with which score, when. It is bound to the
invitation and to the browser's name. It is not bound to the address: phones change networks.

Layout before base32: milliseconds since 1970 (6 bytes), score or 255 (1), visit (16),
MAC (chalicelib/signed_bytes.py; the purpose names invitation and browser).
"""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import ids, signed_bytes
from chalicelib.invitations.token import TokenKeys

BODY_BYTES = 6 + 1 + 16
LONGEST = 99
NO_SCORE = 255
LIFE_S = 24 * 60 * 60


class Nonce(Struct, frozen=True):
    """`bound`: made here, for this invitation and this browser, within the last day.
    What is not bound keeps a visit of its own, so that it can be shown as held. `issued_at`
    is now where nothing of ours says it."""

    visit: str
    score: int | None
    issued_at: float
    bound: bool = True

    @property
    def operation(self) -> str:
        """The key of one rendered form; keys sort by time."""
        return f"{round(self.issued_at * 1000):012x}-{self.visit}"


def new_nonce(now: datetime, score: int | None, visit: str | None = None) -> Nonce:
    return Nonce(visit or ids.new_id(), score, now.timestamp())


def write_nonce(nonce: Nonce, invitation: str, agent: str, keys: TokenKeys) -> str:
    score = NO_SCORE if nonce.score is None else nonce.score
    issued_at = round(nonce.issued_at * 1000).to_bytes(6, "big")
    body = issued_at + bytes([score]) + ids.decode(nonce.visit)
    return signed_bytes.sign(body, keys.keys[keys.active], _purpose(invitation, agent))


def read_nonce(text: str, invitation: str, agent: str, keys: TokenKeys, now: datetime) -> Nonce:
    """Never fails: an unreadable nonce is not bound."""
    foreign = Nonce(ids.derived_id("foreign", text[:200]), None, now.timestamp(), bound=False)
    try:
        signed = signed_bytes.read_signed(text, LONGEST)
    except ValueError:
        return foreign
    body, purpose = signed.body, _purpose(invitation, agent)
    issued_at = int.from_bytes(body[:6], "big") / 1000
    made_here = any(signed.is_made_with(key, purpose) for key in keys.keys.values())
    made_here = made_here and len(body) == BODY_BYTES and issued_at <= now.timestamp()
    if not made_here:
        return foreign
    if now.timestamp() > issued_at + LIFE_S:
        return replace(foreign, issued_at=issued_at)
    score = None if body[6] == NO_SCORE else body[6]
    return Nonce(ids.encode(body[7:]), score, issued_at)


def _purpose(invitation: str, agent: str) -> str:
    return f"nonce\x00{invitation}\x00{agent}"
