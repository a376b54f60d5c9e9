"""An invitation and its links as the API shows them, without the address."""

from chalicelib import moments, render
from chalicelib.ballots.ballot_keys import BallotKeys
from chalicelib.ballots.links import make_shared_token
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.invitations import schemas
from chalicelib.invitations.ask_wave import Wave
from chalicelib.invitations.invitation import Invitation, Reason
from chalicelib.invitations.issue_links import IssuedLinks
from chalicelib.invitations.links import answer_links, language_of, row_of
from chalicelib.invitations.ticket import show_ticket
from chalicelib.invitations.token import TokenKeys
from chalicelib.surveys.definition import Survey

OF_A_PERSON = {
    Reason.UNSUBSCRIBED,
    Reason.UNSUBSCRIBED_FROM_SURVEY,
    Reason.BOUNCED,
    Reason.COMPLAINED,
}


def show_invitation(invitation: Invitation, told: Disclosure) -> schemas.Invitation:
    return {
        "id": invitation.id,
        "survey": invitation.survey,
        "status": invitation.status,
        "reason": told_reason(invitation.reason, told),
        "ended": invitation.ended if told.sees_people else None,
        "ticket": show_ticket(invitation.ticket),
        "segments": dict(segment.split("=", 1) for segment in invitation.segments),
        "locale": invitation.locale,
        "account": invitation.account,
        "created_at": moments.to_text(invitation.created_at),
        "due_at": moments.to_text(invitation.due_at) if invitation.due_at else None,
        "sent_at": moments.to_text(invitation.sent_at) if invitation.sent_at else None,
        "sent_again_at": (
            moments.to_text(invitation.sent_again_at) if invitation.sent_again_at else None
        ),
        "expires_at": moments.to_text(invitation.expires_at),
    }


def show_listed(invitation: Invitation, told: Disclosure) -> schemas.ListedInvitation:
    shown = show_invitation(invitation, told)
    return {**shown, "email": invitation.email or None, "name": invitation.name}


def told_reason(reason: Reason | None, told: Disclosure) -> Reason | None:
    return None if reason in OF_A_PERSON and not told.sees_people else reason


def show_wave(wave: Wave, survey: Survey, base_url: str, keys: BallotKeys | None) -> schemas.Wave:
    """`keys` are those of its ballots."""
    link = make_shared_token(survey.id, keys) if survey.has_shared_link and keys else None
    return {
        "asked": wave.asked,
        "not_asked": wave.not_asked,
        "groups": list(wave.groups),
        "board": f"{base_url}/b/{wave.board}",
        "link": f"{base_url}/r/{link}" if link else None,
        "warnings": ["team_runs_mail"] if survey.team_runs_mail and not link else [],
    }


def show_links(
    issued: IssuedLinks, survey: Survey, base_url: str, keys: TokenKeys, told: Disclosure
) -> schemas.Links:
    invitation = issued.invitation
    links = answer_links(invitation, survey, base_url, keys)
    language, row = language_of(invitation, survey), row_of(survey, links)
    html, text = render.insert("links", lang=language, team=survey.team, **row)
    return {
        "id": invitation.id,
        "expires_at": moments.to_text(invitation.expires_at),
        "warning": told_reason(issued.warning, told),
        "links": [{"score": score, "url": url} for score, url in links],
        "html": html,
        "text": text,
    }
