"""The link of an e-mail to the page of a task, for one person of the task's team. It ends with the
task, and in the end by itself.

Layout before base32: key id (1 byte), language (1, as in token.py), end (4), task (16), person
(16), then the MAC (chalicelib/signed_bytes.py).
"""

from datetime import datetime
from typing import Final

from msgspec import Struct

from chalicelib import ids, signed_bytes
from chalicelib.errors import LinkRejected
from chalicelib.invitations.token import LONGEST, TokenKeys
from chalicelib.languages import language_at, place_of

PURPOSE: Final = "task"
BODY_BYTES: Final = 1 + 1 + 4 + 16 + 16


class TaskLink(Struct, frozen=True):
    """`person` is the keyed hash of the address: whoever gets the same id in the team later is
    another person."""

    task: str
    person: str
    ends: datetime
    language: str | None = None


def task_url(link: TaskLink, base_url: str, keys: TokenKeys) -> str:
    return f"{base_url}/t/{make_task_token(link, keys)}"


def make_task_token(link: TaskLink, keys: TokenKeys) -> str:
    head = keys.active.encode() + place_of(link.language).to_bytes(1, "big")
    end = int(link.ends.timestamp()).to_bytes(4, "big")
    body = head + end + ids.decode(link.task) + ids.decode(link.person)
    return signed_bytes.sign(body, keys.keys[keys.active], PURPOSE)


def read_task_token(token: str, keys: TokenKeys, now: datetime) -> TaskLink:
    """Raises LinkRejected."""
    try:
        signed = signed_bytes.read_signed(token, LONGEST)
    except ValueError as error:
        raise LinkRejected from error
    body = signed.body
    key = keys.keys.get(chr(body[0]), b"") if len(body) == BODY_BYTES else b""
    if not key or not signed.is_made_with(key, PURPOSE):
        raise LinkRejected
    ends = datetime.fromtimestamp(int.from_bytes(body[2:6], "big"), now.tzinfo)
    if now >= ends:
        raise LinkRejected
    return TaskLink(ids.encode(body[6:22]), ids.encode(body[22:]), ends, language_at(body[1]))
