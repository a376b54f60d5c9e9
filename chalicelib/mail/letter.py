"""The letters: invitation, reminder and follow-up."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from msgspec import Struct

from chalicelib import render
from chalicelib.ballots.ballot_keys import BallotKeys
from chalicelib.brands.brand import PLAIN, Branding
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.links import answer_links, answer_url, language_of, row_of
from chalicelib.invitations.token import Link, Purpose, TokenKeys, make_token
from chalicelib.mail.message import Envelope, Inline, build
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey

UNSUBSCRIBE_FOR = timedelta(days=10 * 365)


class Sender(Struct, frozen=True):
    """`mail_from` and `reply_to` as `Name <address>`; `base_url` has no trailing slash. `picture`
    is the logo that `brand` shows."""

    mail_from: str
    reply_to: str
    base_url: str
    keys: TokenKeys
    brand: Branding = PLAIN
    picture: Inline | None = None


class LetterContext(Struct, frozen=True):
    """What a letter is made of. `response` is None when no answer is read, or there is none.
    `sealed` are the keys of a sealed survey."""

    invitation: Invitation
    survey: Survey
    response: Response | None = None
    sealed: BallotKeys | None = None


def invitation_letter(context: LetterContext, sender: Sender) -> bytes:
    return _letter("invitation", context, sender, _row(context, sender))


def reminder_letter(context: LetterContext, sender: Sender) -> bytes:
    # An answer gets a reminder only while it is held.
    held = context.response is not None
    return _letter("reminder", context, sender, {"held": held, **_row(context, sender)})


def follow_up_letter(context: LetterContext, sender: Sender) -> bytes:
    response, survey = context.response, context.survey
    words = {"score": response.score, "comment": response.comment} if response else {}
    look = {"scale": survey.scale, "look": survey.look}
    return _letter("follow_up", context, sender, {**words, **look})


def _letter(
    template: str, context: LetterContext, sender: Sender, facts: Mapping[str, Any]
) -> bytes:
    invitation, survey = context.invitation, context.survey
    url = answer_url(invitation, survey, sender.base_url, sender.keys, context.sealed)
    known = facts_of(invitation, survey, _unsubscribe_url(invitation, sender), f"{url}/promise")
    mail = render.mail(template, brand=sender.brand, **facts, **known)
    return build(mail, _envelope(invitation, survey, sender), sender.picture)


def _row(context: LetterContext, sender: Sender) -> dict[str, Any]:
    links = answer_links(
        context.invitation, context.survey, sender.base_url, sender.keys, context.sealed
    )
    return row_of(context.survey, links)


def facts_of(
    invitation: Invitation, survey: Survey, unsubscribe_url: str, promise_url: str
) -> Mapping[str, Any]:
    """What every e-mail to a respondent shows."""
    ticket = invitation.ticket
    return {
        "lang": language_of(invitation, survey),
        "survey_name": survey.name,
        "team": survey.team,
        "person_name": invitation.name,
        "ticket_id": ticket.id if ticket else None,
        "ticket_subject": ticket.subject if ticket else None,
        "unsubscribe_url": unsubscribe_url,
        "promise_url": promise_url,
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
    # Somebody who finds the e-mail years later may still unsubscribe.
    until = invitation.expires_at + UNSUBSCRIBE_FOR
    link = Link(invitation.id, invitation.survey, until, invitation.locale)
    token = make_token(link, Purpose.UNSUBSCRIBE, invitation.key_id, sender.keys)
    return f"{sender.base_url}/u/{token}"
