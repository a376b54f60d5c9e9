"""Deliveries of notes, as the plan of a survey makes them."""

from datetime import datetime

from chalicelib import moments
from chalicelib.invitations.invitation import Invitation
from chalicelib.tasks.plan import FACTS
from chalicelib.webhooks.delivery import NOTE, Delivery, delivery_id


def note_delivery(invitation: Invitation, now: datetime, effect: str = "effect") -> Delivery:
    return Delivery(
        id=delivery_id(NOTE, effect + invitation.id),
        kind=NOTE,
        to=NOTE,
        event="NoteInTicket",
        survey=invitation.survey,
        happened_at=moments.to_text(now),
        created_at=now,
        facts={
            "response": invitation.id,
            "survey": invitation.survey,
            "tells": dict.fromkeys(FACTS, effect),
        },
    )
