"""Mail to respondents, and SES's events about e-mails that were sent."""

from datetime import datetime
from typing import Any, Final

from chalicelib import moments, wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.logs import logger
from chalicelib.mail import wiring as mail_wiring
from chalicelib.mail.deliver import Outcome
from chalicelib.mail.feedback import ended_by, flag_of
from chalicelib.mail.send import FOLLOW_UP, INVITATION, REMINDER, send
from chalicelib.mail.store import Mailed
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.ending import end_invitation
from chalicelib.retry import reading, retrying

MAILED: Final = {
    "InvitationQueued": (INVITATION, "invitation"),
    "ReminderQueued": (REMINDER, "invitation"),
    "FollowUpQueued": (FOLLOW_UP, "response"),
}


def send_to_respondent(event: str, detail: dict[str, Any], now: datetime) -> Outcome:
    """Safe to run twice: an item that is no longer queued is left alone."""
    kind, key = MAILED[event]
    return send(kind, detail[key], now, mail_wiring.send_needs())


def record_mail_event(event: dict[str, Any]) -> None:
    """Safe to run twice: a person's flag is set once, and an invitation ends once. The flag
    is set first: when the end fails, the event comes again. Mail ids are kept for 60 days.
    An event that comes later, or is about no e-mail of ours, is left alone."""
    flag = flag_of(event)
    mailed = reading(lambda: _mailed(event["detail"]["mail"]), wiring.pause) if flag else None
    if flag and mailed:
        _mark(mailed.person, flag)
        if mailed.invitation:
            end_invitation(mailed.invitation, ended_by(flag), responses_wiring.record_needs())
    logger().info("mail event", extra={"flag": flag, "known": bool(mailed)})


def _mark(person: str, flag: str) -> None:
    mark, now = invitations_wiring.people().mark, moments.now()
    retrying(lambda _: mark(person, flag, now), wiring.pause)


def _mailed(mail: dict[str, Any]) -> Mailed | None:
    """Found by SES's message id, since an event may have no tags. Found by our tags when the
    event comes before our note of the id."""
    tags = mail.get("tags", {})
    if tags.get("kind") == ["letter"]:
        return Mailed(str(tags["person"][0]), None)
    noted = mail_wiring.outbox().mailed(str(mail["messageId"]))
    if noted or not tags.get("invitation"):
        return noted
    invitation = invitations_wiring.invitations().find(str(tags["invitation"][0]))
    if invitation is None or not invitation.person:
        return None
    return Mailed(invitation.person, None if tags.get("kind") == ["followup"] else invitation.id)
