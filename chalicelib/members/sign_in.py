"""A sign-in that was asked for: a link by mail, and the browser that asked.

The link is good in the browser that asked, which is known by a cookie. Anywhere else it shows a
code to type there. So who only has the link, such as a scanner of mail, gets in by nothing.

Layout of the link before base32: key id (1 byte), end (4), sign-in (16), then the MAC
(chalicelib/signed_bytes.py).
"""

import hmac
import re
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from chalicelib import ids, signed_bytes
from chalicelib.errors import LinkRejected
from chalicelib.invitations.token import LONGEST, TokenKeys

PURPOSE: Final = "sign-in"
CODE: Final = "code"
LASTS: Final = timedelta(minutes=15)
BODY_BYTES: Final = 1 + 4 + 16
CODE_BYTES: Final = 5  # 40 bits, with few tries
# What a person may read into a code; base32 has none of these.
_MISREAD: Final = str.maketrans("018", "OLB")


class SignIn(Struct, frozen=True):
    """`back` is the page to go to afterwards."""

    id: str
    person: str
    ends: datetime
    back: str = ""
    used: bool = False

    def is_good(self, now: datetime) -> bool:
        return not self.used and now < self.ends


def browser_id(cookie: str) -> str:
    """What is stored of the browser that asked."""
    return ids.derived_id("browser", cookie)


def make_link(sign_in_id: str, ends: datetime, keys: TokenKeys) -> str:
    body = keys.active.encode() + int(ends.timestamp()).to_bytes(4, "big") + ids.decode(sign_in_id)
    return signed_bytes.sign(body, keys.keys[keys.active], PURPOSE)


def read_link(token: str, keys: TokenKeys, now: datetime) -> str:
    """The id of the sign-in. Raises LinkRejected."""
    try:
        signed = signed_bytes.read_signed(token, LONGEST)
    except ValueError as error:
        raise LinkRejected from error
    body = signed.body
    key = keys.keys.get(chr(body[0]), b"") if len(body) == BODY_BYTES else b""
    if not key or not signed.is_made_with(key, PURPOSE):
        raise LinkRejected
    if int(now.timestamp()) >= int.from_bytes(body[1:5], "big"):
        raise LinkRejected
    return ids.encode(body[5:])


def code_of(sign_in_id: str, person_key: str) -> str:
    """As it is read: `ABCD-EFGH`."""
    said = f"{CODE}\x00{sign_in_id}".encode()
    text = ids.encode(hmac.digest(person_key.encode(), said, "sha256")[:CODE_BYTES]).upper()
    return f"{text[:4]}-{text[4:]}"


def is_code(typed: str, sign_in_id: str, person_key: str) -> bool:
    tidy, wanted = _tidy(typed), _tidy(code_of(sign_in_id, person_key))
    return hmac.compare_digest(tidy.encode(), wanted.encode())


def _tidy(code: str) -> str:
    return re.sub(r"[^A-Z2-7]", "", code.upper().translate(_MISREAD))
