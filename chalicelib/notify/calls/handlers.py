"""The queue of deliveries."""

from datetime import datetime
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from chalicelib import moments
from chalicelib.claims import NoTimeLeft, StillClaimed
from chalicelib.deadline import in_time
from chalicelib.logs import log_failure, logger
from chalicelib.metrics import put_metric
from chalicelib.notify.calls import wiring as calls_wiring
from chalicelib.notify.calls.deliver import deliver
from chalicelib.webhooks import call_wiring
from chalicelib.webhooks.fan_out import fan_out


def deliver_queued(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Safe to run twice: a delivery that is no longer queued is left alone. Only a record that
    fails goes back to the queue."""
    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    with in_time(context):
        answer = process_partial_response(event, _take, processor, context)
    return dict(answer)


def _take(record: SQSRecord) -> None:
    try:
        event, detail = record.json_body["detail-type"], record.json_body["detail"]
        outcome = _done(event, detail, moments.now())
    except (StillClaimed, NoTimeLeft):
        raise  # its turn comes when the queue gives it again
    except Exception as error:
        log_failure("deliver", error)
        put_metric("DeliveryFailed", 1)
        raise
    logger().info("delivery", extra={"event": detail["id"], "outcome": outcome})


def _done(event: str, detail: dict[str, Any], now: datetime) -> str:
    """What became of a delivery, or that an event became some."""
    if event == "DeliveryQueued":
        return deliver(detail["delivery"], now, calls_wiring.deliver_needs())
    made = fan_out(event, detail, now, call_wiring.fan_out_needs())
    return f"{made} deliveries"
