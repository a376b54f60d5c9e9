"""The mail queue: mail to respondents, and letters."""

from datetime import datetime
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from chalicelib import moments, wiring
from chalicelib.claims import NoTimeLeft, StillClaimed
from chalicelib.deadline import in_time
from chalicelib.logs import log_failure, logger
from chalicelib.mail.deliver import Outcome
from chalicelib.mail.handlers import send_to_respondent
from chalicelib.metrics import put_metric
from chalicelib.notify import wiring as notify_wiring
from chalicelib.notify.letters.closing import closing_letter
from chalicelib.notify.send_letter import send_letter
from chalicelib.retry import retrying

FAILED = {Outcome.POSTPONED, Outcome.UNKNOWN}


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
        detail = message["detail"]
        outcome = _send(message["detail-type"], detail, moments.now())
    except (StillClaimed, NoTimeLeft):
        raise  # its turn comes when the queue gives it again
    except Exception as error:
        log_failure("send_mail", error)
        put_metric("MailFailed", 1)
        raise
    if outcome in FAILED:
        put_metric("MailFailed", 1)
    logger().info("mail", extra={"event": detail["id"], "outcome": outcome})


def _send(event: str, detail: dict[str, Any], now: datetime) -> Outcome:
    if event == "LetterQueued":
        return send_letter(detail["letter"], now, notify_wiring.send_letter_needs())
    if event == "ClosingWritten":
        return _write_closing(detail, now)
    return send_to_respondent(event, detail, now)


def _write_closing(detail: dict[str, Any], now: datetime) -> Outcome:
    """Safe to run twice: each closing has one letter, and the stream tells of it."""
    letter = closing_letter(detail["task"], detail["survey"], detail["told_at"], now)
    retrying(lambda _: notify_wiring.letters().add(letter), wiring.pause)
    return Outcome.SETTLED
