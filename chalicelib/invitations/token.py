"""Signed links. A token names its invitation, its survey and the hour when it ends. Nothing is
stored for it, and the same invitation always gives the same token.

Layout before base32: key id (1 byte), language (1, its place in `LANGUAGES` counted from 1, 0
where none is known), hours since 1970 when it ends (3), invitation (16), survey id (1-32), MAC
(chalicelib/signed_bytes.py).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from chalicelib import ids, signed_bytes
from chalicelib.errors import LinkExpired, LinkRejected
from chalicelib.languages import language_at, place_of

HEAD_BYTES = 1 + 1 + 3 + 16
LONGEST = 120
HOUR = timedelta(hours=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Purpose(StrEnum):
    ANSWER = "answer"
    UNSUBSCRIBE = "unsubscribe"
    HELPED = "helped"


class TokenKeys(Struct, frozen=True):
    """`active` names the key that signs; every key in `keys` still verifies."""

    active: str
    keys: Mapping[str, bytes]


class Link(Struct, frozen=True):
    invitation: str
    survey: str
    expires: datetime
    language: str | None = None


def make_token(link: Link, purpose: Purpose, key_id: str, keys: TokenKeys) -> str:
    hours = (ends_at(link.expires) - EPOCH) // HOUR
    body = (
        key_id.encode()
        + place_of(link.language).to_bytes(1, "big")
        + hours.to_bytes(3, "big")
        + ids.decode(link.invitation)
        + link.survey.encode()
    )
    return signed_bytes.sign(body, keys.keys[key_id], purpose)


def ends_at(expires: datetime) -> datetime:
    """The full hour at which a link ends: a token stores hours only."""
    return EPOCH + -(-(expires - EPOCH) // HOUR) * HOUR


def read_token(token: str, purpose: Purpose, keys: TokenKeys, now: datetime) -> Link:
    """Raises LinkExpired, or LinkRejected for any other reason."""
    try:
        signed = signed_bytes.read_signed(token, LONGEST)
    except ValueError as error:
        raise LinkRejected from error
    body = signed.body
    if len(body) <= HEAD_BYTES:
        raise LinkRejected
    key = keys.keys.get(chr(body[0]), b"")
    if not key or not signed.is_made_with(key, purpose):
        raise LinkRejected
    expires = EPOCH + int.from_bytes(body[2:5], "big") * HOUR
    survey, language = body[HEAD_BYTES:].decode(), language_at(body[1])
    if now >= expires:
        raise LinkExpired(survey, language)
    return Link(ids.encode(body[5:HEAD_BYTES]), survey, expires, language)
