"""Takes a call of a help desk: its size, its signature, its body, and each item that it tells."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache

from msgspec.structs import replace

from chalicelib.errors import BadRequest, TooLarge
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.look_ahead import Ahead, Known, look_ahead
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.signatures import Delivery, is_signed, verify
from chalicelib.helpdesks.source import Source
from chalicelib.helpdesks.take_trigger import (
    LookUp,
    Outcome,
    TakeTriggerNeeds,
    note,
    noted,
    read,
    take,
    take_of_many,
)

LARGEST_BODY = 256 * 1024
MOST_ITEMS = 100  # as HubSpot and Salesforce send at most


def take_delivery(
    source: Source, hook_id: str, delivery: Delivery, now: datetime, needs: TakeTriggerNeeds
) -> list[Outcome]:
    """One outcome for each item that is told. Raises TooLarge, NotFound, Unauthenticated or
    BadRequest; Invalid of a single item. What is signed and refused is a line of the log too."""
    if len(delivery.raw) > LARGEST_BODY:
        raise TooLarge(LARGEST_BODY)
    places_in = cache(lambda: _read_places(source, delivery))
    hook, known = _find(source, hook_id, delivery, places_in, now, needs)
    # The hook first: its generation tells whether the copy of its secrets is old.
    verify(delivery, source.signed, read(lambda: needs.secrets_of(hook), needs), now)
    try:
        places = places_in()
    except BadRequest as error:
        note(hook, Outcome("refused", error.code), now, needs)
        raise
    if delivery.query.get("test") == "1":
        return [noted(hook, Outcome("ignored", "test_delivery"), now, needs)]
    knowing = replace(needs, look_up=_first_in(known.emails, needs.look_up), tickets=known.tickets)
    solved = _solved(delivery)
    take_one = take_of_many if source.many else take
    return [take_one(source, hook, place, solved, now, knowing) for place in places]


def _find(
    source: Source,
    hook_id: str,
    delivery: Delivery,
    places_in: Callable[[], list[Place]],
    now: datetime,
    needs: TakeTriggerNeeds,
) -> tuple[Hook, Known]:
    """The hook, and in the same call what is known of people and tickets that the body names. It
    is read before the hook only if secrets that the function has read have signed it: whether they
    are valid still is decided with the hook. Raises NotFound."""
    ahead = Ahead()
    if _is_signed(source, hook_id, delivery, now, needs):
        with suppress(BadRequest):
            ahead = look_ahead(source, places_in(), _solved(delivery))
    return read(lambda: needs.hooks.with_known(source.name, hook_id, ahead), needs)


def _is_signed(
    source: Source, hook_id: str, delivery: Delivery, now: datetime, needs: TakeTriggerNeeds
) -> bool:
    def by(secrets: Callable[[str], Sequence[str]]) -> bool:
        return is_signed(delivery, source.signed, read(lambda: secrets(hook_id), needs), now)

    return by(needs.remembered_secrets) or by(needs.newer_secrets)


def _first_in(emails: Mapping[str, str | None], look_up: LookUp) -> LookUp:
    return lambda source, named: emails[named] if named in emails else look_up(source, named)


def _read_places(source: Source, delivery: Delivery) -> list[Place]:
    """Raises BadRequest."""
    body = source.read(delivery.raw)
    if not source.many:
        return [Place(body, body, delivery.headers)]
    if len(body) > MOST_ITEMS:
        raise BadRequest("too_many_items", f"Send at most {MOST_ITEMS} at once.")
    return [Place(item, item, delivery.headers) for item in body]


def _solved(delivery: Delivery) -> str:
    return delivery.query.get("solved", "")
