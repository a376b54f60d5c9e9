"""Invitations and people as items of the table."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chalicelib import keys, moments
from chalicelib.invitations.invitation import Ended, Invitation, Reason, Status, Ticket
from chalicelib.invitations.known import NOTHING, Known
from chalicelib.invitations.throttle import Person
from chalicelib.table import ABSENT, Condition, Item, Key, known_of
from chalicelib.tally.tally import ALL, Cell

LEFT = "left_"  # before the id of a survey: when the person left it
VISIT_OUTLIVES_LINK = timedelta(days=5)


def to_item(invitation: Invitation) -> Item:
    created = moments.to_text(invitation.created_at)
    item: Item = {
        **keys.invitation(invitation.id).as_item(),
        "id": invitation.id,
        "survey": invitation.survey,
        "segments": list(invitation.segments),
        "status": invitation.status.value,
        "created_at": created,
        "closes_at": moments.to_text(invitation.expires_at),
        "key_id": invitation.key_id,
        "origin": invitation.origin,
        "attempts": invitation.attempts,
    }
    optional = {
        "person": invitation.person,
        "email": invitation.email,
        "name": invitation.name,
        "asked_day": invitation.asked_day,
        "locale": invitation.locale,
        "account": invitation.account,
        "message": invitation.message,
        "changed_by": invitation.changed_by,
        "hook": invitation.hook,
        "posture": invitation.posture if invitation.posture != "unknown" else None,
        "reason": invitation.reason and invitation.reason.value,
        "ended": invitation.ended and invitation.ended.value,
        "due_at": invitation.due_at and moments.to_text(invitation.due_at),
        "due_shard": invitation.due_at and keys.due_shard(invitation.id),
        "sent_at": invitation.sent_at and moments.to_text(invitation.sent_at),
        "sent_again_at": invitation.sent_again_at and moments.to_text(invitation.sent_again_at),
        "ticket": invitation.ticket and ticket_to_item(invitation.ticket),
    }
    item |= {name: value for name, value in optional.items() if value}
    if invitation.person:
        item["list_pk"] = keys.invitations_of(invitation.survey)
        item["list_sk"] = keys.listed_by(created, invitation.id)
    if invitation.places is not None:
        item["places"] = list(invitation.places)
    return item


def from_item(item: Item) -> Invitation:
    return Invitation(
        id=item["id"],
        survey=item["survey"],
        person=item.get("person", ""),
        email=item.get("email", ""),
        name=item.get("name"),
        ticket=ticket_from_item(item),
        segments=tuple(item["segments"]),
        status=Status(item["status"]),
        created_at=moments.from_text(item["created_at"]),
        expires_at=moments.from_text(item["closes_at"]),
        key_id=item["key_id"],
        origin=item["origin"],
        reason=Reason(item["reason"]) if "reason" in item else None,
        due_at=moments.from_text(item["due_at"]) if "due_at" in item else None,
        sent_at=moments.from_text(item["sent_at"]) if "sent_at" in item else None,
        sent_again_at=(
            moments.from_text(item["sent_again_at"]) if "sent_again_at" in item else None
        ),
        asked_day=item.get("asked_day"),
        posture=item.get("posture", "unknown"),
        locale=item.get("locale"),
        account=item.get("account"),
        attempts=item["attempts"],
        ended=Ended(item["ended"]) if "ended" in item else None,
        message=item.get("message"),
        changed_by=item.get("changed_by"),
        hook=item.get("hook"),
        places=tuple(map(int, item["places"])) if "places" in item else None,
    )


def unopened_visit(invitation: Invitation) -> Item:
    """A link is shown while this is there. Whoever opens it adds what was seen."""
    ends = invitation.expires_at + VISIT_OUTLIVES_LINK
    return {
        **keys.visit(invitation.id).as_item(),
        "entries": 0,
        "expires_at": int(ends.timestamp()),
    }


def as_read(invitation: Invitation) -> Condition:
    """Holds while nothing has happened to the invitation."""
    item = to_item(invitation)
    changing = ("person", "status", "asked_day", "ended", "message")
    return {name: item.get(name, ABSENT) for name in changing}


def later_mail(key: Key, invitation: str, survey: str, due_at: datetime, now: datetime) -> Item:
    """A reminder or a follow-up that waits. Its id is the invitation's."""
    return {
        **key.as_item(),
        "due_shard": keys.due_shard(invitation),
        "due_at": moments.to_text(due_at),
        "id": invitation,
        "survey": survey,
        "status": Status.WAITING.value,
        "created_at": moments.to_text(now),
        "attempts": 0,
    }


def invitation_cells(item: Item) -> dict[Cell, dict[str, int]]:
    """What a stored invitation adds to the counts. Empty before the person was asked."""
    if "asked_day" not in item:
        return {}
    counts = {"asked": 1} | ({item["ended"]: 1} if "ended" in item else {})
    return {(segment, item["asked_day"]): counts for segment in (ALL, *item["segments"])}


def ticket_to_item(ticket: Ticket) -> Item:
    facts = {"source": ticket.source, "id": ticket.id, "subject": ticket.subject, "url": ticket.url}
    return {name: fact for name, fact in facts.items() if fact is not None}


def ticket_from_item(item: Item) -> Ticket | None:
    """Of the item that it is part of. What this release does not know of it is left out."""
    found = item.get("ticket")
    return Ticket(**known_of(Ticket, found)) if found else None


def person_from_items(person_id: str, items: Iterable[Item]) -> Person:
    """Of the items of the person's partition, those that tell about the person: flags that are
    set once, the version of the first kind, and what the directory says."""
    item: Item = {}
    known = NOTHING
    for told in items:
        if told["SK"] == keys.directory(person_id).sk:
            known = Known(**known_of(Known, told))
        if told["SK"] in (keys.person(person_id).sk, keys.opt_out(person_id).sk):
            item |= told
    return Person(
        id=person_id,
        version=item.get("version", 0),
        unsubscribed="unsubscribed_at" in item,
        bounced="bounced_at" in item,
        complained="complained_at" in item,
        erased="erased_at" in item,
        known=known,
        left=frozenset(name.removeprefix(LEFT) for name in item if name.startswith(LEFT)),
    )
