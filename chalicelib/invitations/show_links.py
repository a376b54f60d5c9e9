"""The row of links for a help desk's own e-mail."""

from datetime import datetime
from typing import Any

from chalicelib import moments, render
from chalicelib.api_keys.api_key import ApiKey
from chalicelib.invitations.ask import Request
from chalicelib.invitations.ask_by_api import refuse_unknown_segments
from chalicelib.invitations.invitation import Ticket
from chalicelib.invitations.issue_links import HandedOut, HandingOut, hand_out_links
from chalicelib.invitations.links import answer_links, language_of, row_of
from chalicelib.invitations.token import TokenKeys
from chalicelib.surveys.definition import Survey
from chalicelib.web.idempotency import once_for


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
    once = once_for(idempotency_key, ["links", survey.id, body], key.id, needs.deliveries)
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
