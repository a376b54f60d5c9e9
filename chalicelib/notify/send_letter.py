"""Sends a letter that is queued. Its composer reads again what it is about, so that a letter says
what is true when it goes, and does not go when there is nothing to say any more."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct

from chalicelib import render, sent_keys
from chalicelib.claims import refuse_claimed, refuse_late
from chalicelib.invitations.invitation import is_queued
from chalicelib.invitations.stop_link import StopLink, make_stop_token
from chalicelib.invitations.throttle import Person
from chalicelib.mail.deliver import (
    LONGEST_CALL_S,
    Outcome,
    Parcel,
    SendNeeds,
    deliver,
    note,
    suppress_item,
)
from chalicelib.mail.letter import Sender
from chalicelib.mail.message import Envelope, build
from chalicelib.notify.compose import Addressee, Compose, Composed, PutOff
from chalicelib.notify.letter import Letter
from chalicelib.notify.letter_store import LetterStore, letter_from_item
from chalicelib.table import Item

STOPPED: Final = "stopped"


class SendLetterNeeds(Struct, frozen=True):
    """`has_stopped` takes a person and a kind of letters."""

    letters: LetterStore
    composers: Mapping[str, Compose]
    has_stopped: Callable[[str, str], bool]
    mail: SendNeeds


def send_letter(letter_id: str, now: datetime, needs: SendLetterNeeds) -> Outcome:
    """Raises StillClaimed or NoTimeLeft."""
    refuse_late(LONGEST_CALL_S, needs.mail.time_left)
    item = needs.mail.outbox.get(sent_keys.letter(letter_id))
    if item is None or not is_queued(item):
        return Outcome.SETTLED
    refuse_claimed(item, now)
    letter = letter_from_item(item)
    composed = needs.composers[letter.kind](letter, now)
    if isinstance(composed, str):
        return suppress_item(item, composed, needs.mail)
    if isinstance(composed, PutOff):
        off = composed
        note(lambda _: needs.letters.put_off(item, off.until, off.reason), needs.mail)
        return Outcome.PUT_OFF
    reason = _reason_not_to_send(letter, composed.to, needs)
    if reason:
        return suppress_item(item, reason, needs.mail)
    return _deliver(item, letter, composed, now, needs)


def _reason_not_to_send(letter: Letter, to: Addressee, needs: SendLetterNeeds) -> str | None:
    reason = _unreachable(needs.mail.person(to.person))
    if reason is None and needs.has_stopped(to.person, letter.kind):
        return STOPPED
    return reason


def _unreachable(person: Person) -> str | None:
    """Who wants no surveys may well work on tasks. A composer of letters to respondents asks
    for more."""
    flags = ("erased", "complained", "bounced")
    return next((flag for flag in flags if getattr(person, flag)), None)


def _deliver(
    item: Item, letter: Letter, composed: Composed, now: datetime, needs: SendLetterNeeds
) -> Outcome:
    def mark(message_id: str | None) -> None:
        note(lambda _: needs.letters.sent(item, message_id, now), needs.mail)

    raw = _written(letter, composed, needs.mail.sender())
    tags = {"letter": letter.id, "kind": "letter", "person": composed.to.person}
    return deliver(item, Parcel(raw, composed.to.email, tags), mark, now, needs.mail)


def _written(letter: Letter, composed: Composed, sender: Sender) -> bytes:
    to = composed.to
    link = StopLink(to.person, letter.kind, to.lang)
    stop_url = f"{sender.base_url}/u/{make_stop_token(link, sender.keys)}"
    facts = {**composed.facts, **({"unsubscribe_url": stop_url} if composed.stops else {})}
    mail = render.mail(letter.kind, lang=to.lang, brand=sender.brand, **facts)
    domain = sender.mail_from.rstrip(">").rpartition("@")[2]
    envelope = Envelope(
        sender=sender.mail_from,
        reply_to=sender.reply_to,
        recipient=to.email,
        list_id=f"{composed.listed_as}.{domain}",
        unsubscribe_url=stop_url if composed.stops else None,
    )
    return build(mail, envelope, sender.picture)
