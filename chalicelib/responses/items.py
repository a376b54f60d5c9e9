"""Responses as items of the table."""

from enum import StrEnum
from typing import Final

from chalicelib import keys, moments
from chalicelib.invitations.invitation import Ended
from chalicelib.invitations.items import ticket_from_item, ticket_to_item
from chalicelib.responses.contact_address import ContactAddress
from chalicelib.responses.counts import contributions
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.response import Response
from chalicelib.surveys.question import answers_from_item, answers_to_item
from chalicelib.table import Item, known_of
from chalicelib.tally.tally import Cell

TIMES: Final = {
    *("answered_at", "changed_at", "imported_at"),
    *("pressed_at", "commented_at", "wished_at", "chosen_at"),
}
LISTS: Final = {"segments", "operations", "history", "groups"}
WORDS: Final[dict[str, type[StrEnum]]] = {"state": State, "ended": Ended}


def response_to_item(response: Response) -> Item:
    answered_at = moments.to_text(response.answered_at)
    item: Item = {
        **keys.response(response.id).as_item(),
        "id": response.id,
        "survey": response.survey,
        "segments": list(response.segments),
        "day": response.day,
        "asked_day": response.asked_day,
        "answered_at": answered_at,
        "changed_at": moments.to_text(response.changed_at),
        "version": response.version,
        "operations": list(response.operations),
        "origin": response.origin,
    }
    if response.ended:
        item["ended"] = response.ended.value
    if response.gone:
        return item | {"gone": True}
    item |= {
        "list_pk": keys.bucket(keys.responses_of(response.survey, response.state), response.bucket),
        "list_sk": keys.listed_by(answered_at, response.id),
        "state": response.state.value,
        "why": response.why,
        "history": list(response.history),
        "scale": response.scale,
        **_known(response),
    }
    if response.settles_at:
        item["due_at"] = moments.to_text(response.settles_at)
        item["due_shard"] = keys.due_shard(response.id)
    if response.ticket:
        item["ticket"] = ticket_to_item(response.ticket)
    return item


def _known(response: Response) -> Item:
    """The attributes that are stored only when there is something to store."""
    attributes = {
        "score": response.score,
        "comment": response.comment,
        "person": response.person,
        "name": response.name,
        "email": response.email,
        "changed_elsewhere": response.changed_elsewhere or None,
        "contact": response.contact or None,
        "open": response.open or None,
        "posture": response.posture,
        "seen": response.seen or None,
        "band": response.band.value if response.band else None,
        "groups": list(response.groups) or None,
        "receipt": response.receipt,
        "account": response.account,
        "answers": answers_to_item(response.answers) or None,
    }
    times = {
        "pressed_at": response.pressed_at,
        "commented_at": response.commented_at,
        "wished_at": response.wished_at,
        "chosen_at": response.chosen_at,
    }
    return {name: value for name, value in attributes.items() if value is not None} | {
        name: moments.to_text(time) for name, time in times.items() if time
    }


def contact_to_item(contact: ContactAddress) -> Item:
    key = keys.contact_of_response(contact.response)
    return {
        **key.as_item(),
        "list_pk": keys.typed_by(contact.person),
        "list_sk": contact.response,
        "person": contact.person,
        "address": contact.address,
        "expires_at": int(contact.ends_at.timestamp()),
    }


def response_from_item(item: Item) -> Response:
    """What is not stored is as Response has it."""
    known = {"person": None, "score": None, "comment": None, **known_of(Response, item)}
    known |= {name: moments.from_text(known[name]) for name in known.keys() & TIMES}
    known |= {name: tuple(known[name]) for name in known.keys() & LISTS}
    known |= {name: kind(known[name]) for name, kind in WORDS.items() if name in known}
    return Response(
        **known
        | {
            "ticket": ticket_from_item(item),
            "settles_at": moments.from_text(item["due_at"]) if "due_at" in item else None,
            "bucket": keys.bucket_in(item.get("list_pk", "")),
            "answers": answers_from_item(item.get("answers", {})),
        }
    )


def response_cells(item: Item) -> dict[Cell, dict[str, int]]:
    """What a stored response adds to the counts."""
    return contributions(response_from_item(item))
