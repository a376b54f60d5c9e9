"""The mail queue, and SES's events about e-mails that were sent."""

from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from chalicelib import moments, wiring
from chalicelib.deadline import in_time
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.logs import log_failure, logger
from chalicelib.mail import wiring as mail_wiring
from chalicelib.mail.deliver import NoTimeLeft, Outcome, StillClaimed
from chalicelib.mail.feedback import ended_by, flag_of
from chalicelib.mail.send import FOLLOW_UP, INVITATION, REMINDER, send
from chalicelib.mail.store import Mailed
from chalicelib.metrics import put_metric
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.ending import end_invitation
from chalicelib.retry import reading, retrying

FAILED = {Outcome.POSTPONED, Outcome.UNKNOWN}
MAILED = {
    "InvitationQueued": (INVITATION, "invitation"),
    "ReminderQueued": (REMINDER, "invitation"),
    "FollowUpQueued": (FOLLOW_UP, "response"),
}


def send_queued_mail(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Safe to run twice: an item that is no longer queued is left alone. Only a record that
    fails goes back to the queue."""
    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    with in_time(context):
        answer = process_partial_response(event, _send_record, processor, context)
    return dict(answer)


def _send_record(record: SQSRecord) -> None:
    try:
        message = record.json_body
        detail, (kind, key) = message["detail"], MAILED[message["detail-type"]]
        outcome = send(kind, detail[key], moments.now(), mail_wiring.send_needs())
    except (StillClaimed, NoTimeLeft):
        raise  # its turn comes when the queue gives it again
    except Exception as error:
        log_failure("send_mail", error)
        put_metric("MailFailed", 1)
        raise
    if outcome in FAILED:
        put_metric("MailFailed", 1)
    logger().info("mail", extra={"event": detail["id"], "outcome": outcome})


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
    noted = mail_wiring.outbox().mailed(str(mail["messageId"]))
    if noted or not tags.get("invitation"):
        return noted
    invitation = invitations_wiring.invitations().find(str(tags["invitation"][0]))
    if invitation is None or not invitation.person:
        return None
    return Mailed(invitation.person, None if tags.get("kind") == ["followup"] else invitation.id)
