"""What an invitation and a follow-up say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from chalicelib import render
from chalicelib.intake.invitation import Invitation
from chalicelib.intake.links import Link, Purpose, TokenKeys, make_token
from chalicelib.mail.message import Envelope, build
from chalicelib.respond.response import Response
from chalicelib.survey.definition import Survey
from chalicelib.survey.scale import NPS_POINTS

UNSUBSCRIBE_FOR = timedelta(days=10 * 365)


@dataclass(frozen=True)
class Sender:
    """`mail_from` and `reply_to` as `Name <address>`; `base_url` has no trailing slash."""

    mail_from: str
    reply_to: str
    base_url: str
    keys: TokenKeys


def invitation_letter(invitation: Invitation, survey: Survey, sender: Sender) -> bytes:
    token = _token(invitation, Purpose.ANSWER, sender)
    mail = render.mail(
        "invitation",
        question=survey.question,
        low_label=survey.low_label,
        high_label=survey.high_label,
        links=[(point, f"{sender.base_url}/r/{token}/{point}") for point in NPS_POINTS],
        promise=survey.promise,
        **_common(invitation, survey, sender),
    )
    return build(mail, _envelope(invitation, survey, sender))


def follow_up_letter(
    invitation: Invitation, response: Response, survey: Survey, sender: Sender
) -> bytes:
    mail = render.mail(
        "follow_up",
        score=response.score,
        comment=response.comment,
        **_common(invitation, survey, sender),
    )
    return build(mail, _envelope(invitation, survey, sender))


def _common(invitation: Invitation, survey: Survey, sender: Sender) -> Mapping[str, object]:
    ticket = invitation.ticket
    return {
        "lang": "en",
        "survey_name": survey.name,
        "team": survey.team,
        "person_name": invitation.name,
        "ticket_id": ticket.id if ticket else None,
        "ticket_subject": ticket.subject if ticket else None,
        "unsubscribe_url": _unsubscribe_url(invitation, sender),
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
    return f"{sender.base_url}/u/{_token(invitation, Purpose.UNSUBSCRIBE, sender)}"


def _token(invitation: Invitation, purpose: Purpose, sender: Sender) -> str:
    # Whoever finds the mail later may still unsubscribe.
    longer = UNSUBSCRIBE_FOR if purpose is Purpose.UNSUBSCRIBE else timedelta()
    link = Link(invitation.id, invitation.survey, invitation.expires_at + longer)
    return make_token(link, purpose, invitation.key_id, sender.keys)
