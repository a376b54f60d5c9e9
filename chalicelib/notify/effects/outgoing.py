"""The items that an effect becomes. Each has an id of the answer and of what it is, so that the
same effect twice is one item. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from chalicelib import keys, moments, sent_keys
from chalicelib.notify.letter import Letter, letter_for
from chalicelib.notify.letters import words
from chalicelib.responses.response import Response
from chalicelib.table import Item, Key
from chalicelib.tasks.plan import FACTS, Planned, id_of_fact
from chalicelib.teams.team import Member
from chalicelib.webhooks.delivery import NOTE, Delivery, delivery_id
from chalicelib.webhooks.webhook import Kind, Webhook

WRITTEN: Final = "NoteInTicket"  # stands for the event of a note


def parts_of(
    effect: Planned, response: Response, team_id: str | None, people: Sequence[Member]
) -> dict[str, list[Key]]:
    """Its items, by the id of what they do: a note may tell several facts."""
    if effect.tells:
        return {told: [note_key(told)] for told in effect.tells.values()}
    return {effect.id: _keys_of(effect, response, team_id, people)}


def _keys_of(
    effect: Planned, response: Response, team_id: str | None, people: Sequence[Member]
) -> list[Key]:
    match effect.do:
        case "open_task":
            return [keys.task(response.id)]
        case "follow_up":
            return [keys.follow_up(response.id)]
        case "words_to_server" | "words_to_team":
            letters = letters_of(effect, response, team_id, people, effect.due_at)
            return [sent_keys.letter(letter.id) for letter in letters]
    return [sent_keys.delivery(delivery_id(effect.to or NOTE, effect.id))]


def notes_beside(effect: Planned, response: Response) -> list[Key]:
    """Where the notes are that may tell the same, and itself."""
    once = (id_of_fact(response.id, fact) for fact in FACTS)
    return [note_key(found) for found in dict.fromkeys((effect.id, *once))]


def note_key(effect_id: str) -> Key:
    return sent_keys.delivery(delivery_id(NOTE, effect_id))


def told_in(notes: Iterable[Item]) -> set[str]:
    """By the ids of what they tell."""
    return {told for note in notes for told in note.get("facts", {}).get("tells", {}).values()}


def letters_of(
    effect: Planned,
    response: Response,
    team_id: str | None,
    people: Sequence[Member],
    now: datetime,
) -> list[Letter]:
    if effect.do == "words_to_server":
        readers = [{"invitation": response.id}]
    else:
        readers = [{"team": str(team_id), "member": member.id} for member in people]
    due_at = _later(effect, now)
    return [letter_for(words.KIND, response.id, to, now, response.survey, due_at) for to in readers]


def delivery_of(
    effect: Planned, response: Response, webhook: Webhook | None, now: datetime
) -> Delivery:
    """To a webhook that there is not, too: its delivery says so."""
    is_note = effect.do == "note_in_ticket"
    answered = "ResponseChanged" if response.version > 1 else "ResponseRecorded"
    facts = {"response": response.id, "survey": response.survey, "effect": effect.id}
    return Delivery(
        id=delivery_id(effect.to or NOTE, effect.id),
        kind=NOTE if is_note else (webhook.kind if webhook else Kind.STANDARD).value,
        to=effect.to or NOTE,
        event=WRITTEN if is_note else answered,
        survey=response.survey,
        happened_at=moments.to_text(response.changed_at),
        created_at=now,
        facts=facts | ({"tells": dict(effect.tells)} if effect.tells else {}),
        due_at=_later(effect, now),
    )


def _later(effect: Planned, now: datetime) -> datetime | None:
    return effect.due_at if effect.due_at > now else None
