"""The row of links for a help desk's own e-mail."""

from datetime import datetime
from typing import Any

from chalicelib import moments, render
from chalicelib.api.invitations import once_for, refuse_unknown_segments
from chalicelib.api.key import ApiKey
from chalicelib.intake.ask import Request
from chalicelib.intake.hand_out import HandedOut, HandingOut, hand_out_links
from chalicelib.intake.invitation import Ticket
from chalicelib.intake.links import TokenKeys
from chalicelib.mail.letter import answer_links, language_of, row_of
from chalicelib.survey.definition import Survey


def hand_out_by_api(
    survey: Survey,
    request: Request,
    ticket: Ticket,
    body: dict[str, Any],
    idempotency_key: str | None,
    key: ApiKey,
    now: datetime,
    needs: HandingOut,
) -> HandedOut:
    """Raises IdempotencyKeyReused when the key came with another request."""
    refuse_unknown_segments(survey, request)
    if idempotency_key is None:
        return hand_out_links(survey, request, ticket, now, needs)
    once = once_for(idempotency_key, ["links", survey.id, body], key, needs.deliveries)
    return hand_out_links(survey, request, ticket, now, needs, once)


def show_links(
    handed_out: HandedOut, survey: Survey, base_url: str, keys: TokenKeys
) -> dict[str, Any]:
    """Without the address: whoever asked has it."""
    invitation = handed_out.invitation
    links = answer_links(invitation, survey, base_url, keys)
    html, text = render.insert(
        "links",
        lang=language_of(invitation, survey),
        team=survey.team,
        **row_of(survey, links),
    )
    return {
        "id": invitation.id,
        "expires_at": moments.to_text(invitation.expires_at),
        "warning": handed_out.warning.value if handed_out.warning else None,
        "links": [{"score": score, "url": url} for score, url in links],
        "html": html,
        "text": text,
    }
