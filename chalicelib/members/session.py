"""The session of a member, as the text in a cookie.

Layout before base32: key id (1 byte), end (4), session (16), person (16), then the MAC
(chalicelib/signed_bytes.py). The table holds a hash of it, so that it can be ended.

A browser in which a member has signed in keeps a second text of this layout, for another purpose
and for longer. It opens nothing, and no table has it: letters that are asked for there are counted
apart from those that strangers ask for.
"""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from chalicelib import ids, signed_bytes
from chalicelib.errors import Unauthenticated
from chalicelib.invitations.token import LONGEST, TokenKeys

PURPOSE: Final = "session"
KNOWN_BROWSER: Final = "known-browser"
CSRF: Final = "csrf"
BODY_BYTES: Final = 1 + 4 + 16 + 16
LASTS: Final = timedelta(hours=12)
KNOWN_FOR: Final = timedelta(days=180)


class Session(Struct, frozen=True):
    id: str = ""
    person: str = ""
    ends: datetime | None = None

    @property
    def stored_as(self) -> str:
        return ids.derived_id(PURPOSE, self.id)


def new_session(person: str, now: datetime, lasts: timedelta = LASTS) -> Session:
    return Session(ids.new_id(), person, now + lasts)


def write_session(session: Session, keys: TokenKeys, purpose: str = PURPOSE) -> str:
    end = int(session.ends.timestamp()) if session.ends else 0
    facts = ids.decode(session.id) + ids.decode(session.person)
    body = keys.active.encode() + end.to_bytes(4, "big") + facts
    return signed_bytes.sign(body, keys.keys[keys.active], purpose)


def read_session(text: str, keys: TokenKeys, now: datetime, purpose: str = PURPOSE) -> Session:
    """Raises Unauthenticated."""
    try:
        signed = signed_bytes.read_signed(text, LONGEST)
    except ValueError as error:
        raise Unauthenticated("session") from error
    body = signed.body
    key = keys.keys.get(chr(body[0]), b"") if len(body) == BODY_BYTES else b""
    if not key or not signed.is_made_with(key, purpose):
        raise Unauthenticated("session")
    ends = datetime.fromtimestamp(int.from_bytes(body[1:5], "big"), now.tzinfo)
    if now >= ends:
        raise Unauthenticated("session")
    return Session(ids.encode(body[5:21]), ids.encode(body[21:]), ends)


def known_browser(person: str, now: datetime, keys: TokenKeys) -> str:
    """The text of its cookie."""
    return write_session(new_session(person, now, KNOWN_FOR), keys, KNOWN_BROWSER)


def known_as(text: str, person: str, keys: TokenKeys, now: datetime) -> str:
    """What letters to the person are counted by in this browser; empty when the person has not
    signed in in it."""
    try:
        known = read_session(text, keys, now, KNOWN_BROWSER)
    except Unauthenticated:
        return ""
    return known.stored_as if known.person == person else ""
