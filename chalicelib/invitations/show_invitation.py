"""An invitation and its links as the API shows them, without the address."""

from chalicelib import moments, render
from chalicelib.invitations import schemas
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.issue_links import IssuedLinks
from chalicelib.invitations.links import answer_links, language_of, row_of
from chalicelib.invitations.ticket import show_ticket
from chalicelib.invitations.token import TokenKeys
from chalicelib.surveys.definition import Survey


def show_invitation(invitation: Invitation) -> schemas.Invitation:
    return {
        "id": invitation.id,
        "survey": invitation.survey,
        "status": invitation.status,
        "reason": invitation.reason,
        "ended": invitation.ended,
        "ticket": show_ticket(invitation.ticket),
        "segments": dict(segment.split("=", 1) for segment in invitation.segments),
        "locale": invitation.locale,
        "created_at": moments.to_text(invitation.created_at),
        "due_at": moments.to_text(invitation.due_at) if invitation.due_at else None,
        "sent_at": moments.to_text(invitation.sent_at) if invitation.sent_at else None,
        "expires_at": moments.to_text(invitation.expires_at),
    }


def show_links(
    issued: IssuedLinks, survey: Survey, base_url: str, keys: TokenKeys
) -> schemas.Links:
    invitation = issued.invitation
    links = answer_links(invitation, survey, base_url, keys)
    language, row = language_of(invitation, survey), row_of(survey, links)
    html, text = render.insert("links", lang=language, team=survey.team, **row)
    return {
        "id": invitation.id,
        "expires_at": moments.to_text(invitation.expires_at),
        "warning": issued.warning,
        "links": [{"score": score, "url": url} for score, url in links],
        "html": html,
        "text": text,
    }
