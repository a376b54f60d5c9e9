"""What an invitation and a follow-up say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chalicelib import render
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.links import _answer_url, answer_links, language_of, row_of
from chalicelib.invitations.token import Link, Purpose, TokenKeys, make_token
from chalicelib.mail.message import Envelope, build
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey

UNSUBSCRIBE_FOR = timedelta(days=10 * 365)


@dataclass(frozen=True)
class Sender:
    """`mail_from` and `reply_to` as `Name <address>`; `base_url` has no trailing slash."""

    mail_from: str
    reply_to: str
    base_url: str
    keys: TokenKeys


def invitation_letter(invitation: Invitation, survey: Survey, sender: Sender) -> bytes:
    mail = render.mail(
        "invitation",
        **row_of(survey, answer_links(invitation, survey, sender.base_url, sender.keys)),
        **_common(invitation, survey, sender),
    )
    return build(mail, _envelope(invitation, survey, sender))


def reminder_letter(invitation: Invitation, survey: Survey, sender: Sender, held: bool) -> bytes:
    """`held`: an answer is there and could not be confirmed."""
    links = answer_links(invitation, survey, sender.base_url, sender.keys)
    mail = render.mail(
        "reminder",
        held=held,
        **row_of(survey, links),
        **_common(invitation, survey, sender),
    )
    return build(mail, _envelope(invitation, survey, sender))


def follow_up_letter(
    invitation: Invitation, response: Response, survey: Survey, sender: Sender
) -> bytes:
    mail = render.mail(
        "follow_up",
        score=response.score,
        scale=survey.scale,
        look=survey.look,
        comment=response.comment,
        **_common(invitation, survey, sender),
    )
    return build(mail, _envelope(invitation, survey, sender))


def _common(invitation: Invitation, survey: Survey, sender: Sender) -> Mapping[str, Any]:
    ticket = invitation.ticket
    return {
        "lang": language_of(invitation, survey),
        "survey_name": survey.name,
        "team": survey.team,
        "person_name": invitation.name,
        "ticket_id": ticket.id if ticket else None,
        "ticket_subject": ticket.subject if ticket else None,
        "unsubscribe_url": _unsubscribe_url(invitation, sender),
        "promise_url": f"{_answer_url(invitation, sender.base_url, sender.keys)}/promise",
    }


def _envelope(invitation: Invitation, survey: Survey, sender: Sender) -> Envelope:
    domain = sender.mail_from.rstrip(">").rpartition("@")[2]
    return Envelope(
        sender=sender.mail_from,
        reply_to=sender.reply_to,
        recipient=invitation.email,
        list_id=f"{survey.id}.{domain}",
        unsubscribe_url=_unsubscribe_url(invitation, sender),
    )


def _unsubscribe_url(invitation: Invitation, sender: Sender) -> str:
    # Whoever finds the mail later may still unsubscribe.
    until = invitation.expires_at + UNSUBSCRIBE_FOR
    link = Link(invitation.id, invitation.survey, until, invitation.locale)
    token = make_token(link, Purpose.UNSUBSCRIBE, invitation.key_id, sender.keys)
    return f"{sender.base_url}/u/{token}"
