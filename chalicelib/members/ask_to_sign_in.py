"""Asks for the link of a sign-in. Who is a member is looked at when the letter is sent, so the
answer and its time are the same for every address.

A stranger can use up what one network may ask for an address, and with many networks what all of
them may. What the browsers may in which the member has signed in before is counted apart."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from msgspec import Struct

from chalicelib import ids
from chalicelib.errors import WriteRefused
from chalicelib.members.sign_in import LASTS, SignIn
from chalicelib.members.sign_in_store import asked
from chalicelib.networks import prefix_of
from chalicelib.retry import retrying
from chalicelib.table import Table, Write
from chalicelib.web.rate_limit import RateStore, counted_as

# Letters to one address in an hour: asked for in one network, and in all of them.
MOST_BY_NETWORK: Final = 5
MOST_BY_STRANGERS: Final = 30
# In one browser in which its member has signed in before, and in all of them.
MOST_BY_BROWSER: Final = 10
MOST_BY_KNOWN: Final = 30
AN_HOUR_S: Final = 60 * 60


class Asked(Struct, frozen=True):
    """`person` is the keyed hash of the address that was typed, `browser` of the browser's cookie.
    `network` is the address that the request came from. `known` tells a browser in which this
    person has signed in before; else it is empty."""

    person: str
    browser: str
    network: str
    lang: str
    back: str = ""
    known: str = ""


class AskNeeds(Struct, frozen=True):
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
    if _may_have_a_letter(said, now, needs):
        sign_in = SignIn(ids.new_id(), said.person, now + LASTS, said.back)
        writes = [asked(sign_in, said.browser), needs.letter(sign_in, said, now)]
        retrying(lambda _: _write(writes, needs.table), needs.pause)
    return True


def _write(writes: Sequence[Write], table: Table) -> None:
    # The ids are new: they are there only when an earlier try wrote them.
    with suppress(WriteRefused):
        table.transact(writes)


def _may_have_a_letter(said: Asked, now: datetime, needs: AskNeeds) -> bool:
    """As many counts for everybody, so that the time tells nothing. The narrow one comes first:
    who has used it up takes nothing from others."""
    if said.known:
        limits = {f"browser {said.known}": MOST_BY_BROWSER, "known": MOST_BY_KNOWN}
    else:
        network = f"network {prefix_of(said.network)}"
        limits = {network: MOST_BY_NETWORK, "strangers": MOST_BY_STRANGERS}
    hour = str(int(now.timestamp()) // AN_HOUR_S)
    return all(
        needs.rates.take(_counted_as((said.person, of, hour), needs.rate_key), now, limit)
        for of, limit in limits.items()
    )


def _counted_as(parts: Sequence[str], key: bytes) -> str:
    return ids.keyed_id(key, "\x00".join(("sign-in", *parts)))
