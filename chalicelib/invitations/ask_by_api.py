"""Asking by API, and what an invitation looks like from outside."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib import ids, moments
from chalicelib.api_keys.api_key import ApiKey
from chalicelib.errors import Conflict, FieldError
from chalicelib.invitations.ask import Asking, Request, ask
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.ticket import show_ticket
from chalicelib.surveys.definition import Survey
from chalicelib.web.idempotency import once_for

FURTHEST = timedelta(days=366)


def ask_by_api(
    survey: Survey,
    request: Request,
    body: dict[str, Any],
    idempotency_key: str | None,
    key: ApiKey,
    now: datetime,
    needs: Asking,
) -> Invitation:
    """With an Idempotency-Key the same request gives the same invitation for a week.
    Raises IdempotencyKeyReused when the key came with another request."""
    refuse_unknown_segments(survey, request)
    if request.send_at and request.send_at - now > FURTHEST:
        raise Conflict([FieldError("#/send_at", "send_at_too_late", "At most a year ahead.")])
    if idempotency_key is None:
        return ask(survey, request, ids.new_id(), now, needs)
    once = once_for(idempotency_key, [survey.id, body], key.id, needs.deliveries)
    return ask(survey, request, ids.derived_id("api", once.key.pk), now, needs, once)


def show(invitation: Invitation) -> dict[str, Any]:
    """Without the address: whoever may read it asked with it."""
    return {
        "id": invitation.id,
        "survey": invitation.survey,
        "status": invitation.status.value,
        "reason": invitation.reason.value if invitation.reason else None,
        "ended": invitation.ended.value if invitation.ended else None,
        "ticket": show_ticket(invitation.ticket),
        "segments": dict(one.split("=", 1) for one in invitation.segments),
        "locale": invitation.locale,
        "created_at": moments.to_text(invitation.created_at),
        "due_at": moments.to_text(invitation.due_at) if invitation.due_at else None,
        "sent_at": moments.to_text(invitation.sent_at) if invitation.sent_at else None,
        "expires_at": moments.to_text(invitation.expires_at),
    }


def refuse_unknown_segments(survey: Survey, request: Request) -> None:
    unknown = [name for name in request.facts or {} if name not in survey.segments]
    if unknown:
        raise Conflict(
            [
                FieldError(
                    f"#/segments/{name}", "segment_unknown", "The survey has no such segment."
                )
                for name in unknown
            ]
        )
