"""Links to a sealed survey. They are computed and stored nowhere: the same person gets the same
link again.

Layout before base32: 0 (1 byte; an ordinary token begins with the letter of a key), language (1,
as in an ordinary token), number of groups (1), each group's place in the box (1), nonce (16),
survey id (1-32), MAC (chalicelib/signed_bytes.py). In a confidential survey the nonce is the id of
the invitation. In an anonymous one it is a keyed hash of the person's.
"""

import hmac
import re
from collections.abc import Sequence

from msgspec import Struct

from chalicelib import ids, signed_bytes
from chalicelib.ballots.ballot_keys import BallotKeys
from chalicelib.errors import LinkRejected
from chalicelib.languages import language_at, place_of
from chalicelib.surveys.definition import SURVEY_ID

PURPOSE = "ballot"
HEAD_BYTES, NONCE_BYTES = 1 + 1 + 1, 16
MOST_GROUPS = 256  # that a place of one byte can tell apart
LONGEST = 128


class SealedLink(Struct, frozen=True):
    """`groups` are places in the list of the box."""

    survey: str
    nonce: bytes
    groups: tuple[int, ...] = ()
    language: str | None = None


def nonce_of(identity: str, subject: str, keys: BallotKeys) -> bytes:
    """`subject` is the id of the person, in a confidential survey that of the invitation."""
    if identity == "confidential":
        return ids.decode(subject)
    return hmac.digest(keys.mail, b"nonce\x00" + subject.encode(), "sha256")[:NONCE_BYTES]


def make_shared_token(survey_id: str, keys: BallotKeys) -> str:
    """The same for everybody: it has no language and no group."""
    nonce = hmac.digest(keys.mail, b"shared", "sha256")[:NONCE_BYTES]
    return make_sealed_token(survey_id, nonce, (), None, keys)


def nonce_of_form(raw: bytes, client: str, keys: BallotKeys) -> bytes:
    """Of a form behind the link that everybody has. A form that a browser sends twice is one
    ballot: its script says to the millisecond how long the page was open."""
    return hmac.digest(keys.record, b"form\x00" + client.encode() + raw, "sha256")[:NONCE_BYTES]


def make_sealed_token(
    survey_id: str,
    nonce: bytes,
    groups: Sequence[int],
    language: str | None,
    keys: BallotKeys,
) -> str:
    head = bytes([0, place_of(language), len(groups), *groups])
    return signed_bytes.sign(head + nonce + survey_id.encode(), keys.verify, PURPOSE)


def is_sealed(token: str) -> bool:
    """Whether its first byte is 0, of any text."""
    return token[:1] in ("a", "A") and token[1:2] in tuple("abcdABCD")


def survey_of(token: str) -> str:
    """Whose keys can tell whether it is genuine. Raises LinkRejected."""
    return _link_in(_signed(token).body).survey


def read_sealed_token(token: str, keys: BallotKeys) -> SealedLink:
    """Raises LinkRejected."""
    signed = _signed(token)
    if not signed.is_made_with(keys.verify, PURPOSE):
        raise LinkRejected
    return _link_in(signed.body)


def _signed(token: str) -> signed_bytes.Signed:
    try:
        return signed_bytes.read_signed(token, LONGEST)
    except ValueError:
        raise LinkRejected from None


def _link_in(body: bytes) -> SealedLink:
    if len(body) < HEAD_BYTES or body[0] != 0:
        raise LinkRejected
    start = HEAD_BYTES + body[2]
    end = start + NONCE_BYTES
    survey = body[end:].decode("ascii", errors="replace")
    if not re.fullmatch(SURVEY_ID, survey):
        raise LinkRejected
    return SealedLink(survey, body[start:end], tuple(body[HEAD_BYTES:start]), language_at(body[1]))
