"""The link in a letter by which its reader stops letters of its kind. It does not end: whoever
finds the e-mail years later may still stop them.

Layout before base32: key id (1 byte), language (1, as in token.py), person (16), kind, MAC
(chalicelib/signed_bytes.py).
"""

from typing import Final

from msgspec import Struct

from chalicelib import ids, signed_bytes
from chalicelib.invitations.token import LONGEST, TokenKeys
from chalicelib.languages import language_at, place_of

PURPOSE: Final = "stop"
HEAD_BYTES: Final = 1 + 1 + 16


class StopLink(Struct, frozen=True):
    """`kind` is one of letters."""

    person: str
    kind: str
    language: str | None = None


def make_stop_token(link: StopLink, keys: TokenKeys) -> str:
    head = keys.active.encode() + place_of(link.language).to_bytes(1, "big")
    body = head + ids.decode(link.person) + link.kind.encode()
    return signed_bytes.sign(body, keys.keys[keys.active], PURPOSE)


def find_stop_link(token: str, keys: TokenKeys) -> StopLink | None:
    """None when the token is no such link."""
    try:
        signed = signed_bytes.read_signed(token, LONGEST)
    except ValueError:
        return None
    body = signed.body
    key = keys.keys.get(chr(body[0]), b"") if len(body) > HEAD_BYTES else b""
    if not key or not signed.is_made_with(key, PURPOSE):
        return None
    person, kind = ids.encode(body[2:HEAD_BYTES]), body[HEAD_BYTES:].decode()
    return StopLink(person, kind, language_at(body[1]))
