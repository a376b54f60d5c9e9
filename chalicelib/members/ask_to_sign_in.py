"""Asks for the link of a sign-in. Who is a member is looked at when the letter is sent, so the
answer and its time are the same for every address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib import ids
from chalicelib.members.sign_in import LASTS, SignIn
from chalicelib.members.sign_in_store import asked
from chalicelib.retry import retrying
from chalicelib.table import Table, Write
from chalicelib.web.rate_limit import RateStore, counted_as

MOST_LETTERS: Final = 10  # to one address in an hour
AN_HOUR_S: Final = 60 * 60


@dataclass(frozen=True)
class Asked:
    """`person` is the keyed hash of the address that was typed, `browser` of the browser's cookie.
    `network` is the address that the request came from."""

    person: str
    browser: str
    network: str
    lang: str
    back: str = ""


@dataclass(frozen=True)
class AskNeeds:
    """`letter` gives the write of the letter with the link."""

    table: Table
    rates: RateStore
    rate_key: bytes
    letter: Callable[[SignIn, Asked, datetime], Write]
    pause: Callable[[int], None]


def ask_to_sign_in(said: Asked, now: datetime, needs: AskNeeds) -> bool:
    """False when this network asks too often. An address that got too many letters gets no more,
    and nobody is told. Raises Unavailable."""
    if not needs.rates.take(counted_as("sign-in", said.network, now, needs.rate_key), now):
        return False
    if needs.rates.take(_counted_as(said.person, now, needs.rate_key), now, MOST_LETTERS):
        sign_in = SignIn(ids.new_id(), said.person, now + LASTS, said.back)
        writes = [asked(sign_in, said.browser), needs.letter(sign_in, said, now)]
        retrying(lambda _: needs.table.transact(writes), needs.pause)
    return True


def _counted_as(person: str, now: datetime, key: bytes) -> str:
    hour = int(now.timestamp()) // AN_HOUR_S
    return ids.keyed_id(key, f"sign-in\x00{person}\x00{hour}")
