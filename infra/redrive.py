"""Puts what lies in the dead-letter queues on its way again. A message is deleted when the next
one has taken it, so a redrive that stops in the middle loses nothing; whoever gets a message
twice does its work once."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from infra.deploy import Target, outputs
from infra.errors import BadArgument, OperatorError
from infra.progress import console
from infra.sweep import is_done, run_sweep
from infra.told import tell_rows

QUEUES: Final = {
    "mail": "MailDeadLettersUrl",
    "deliveries": "DeliveryDeadLettersUrl",
    "events": "EventDeadLettersUrl",
    "stream": "StreamDeadLettersUrl",
}
# Those that a rule sends to, by whose dead letters they leave.
FED: Final = {"mail": "MailQueueUrl", "deliveries": "DeliveriesUrl"}
HIDDEN_S: Final = 120  # from other readers, while it is handed on

Message = dict[str, Any]


class NotOurs(Exception):
    """A message that names no function and no queue of this stack. It stays."""


@dataclass(frozen=True)
class Redriven:
    queue: str
    waiting: int
    handed_on: int = 0
    left: int = 0


def redrive_stack(target: Target, which: str, dry: bool) -> bool:
    """True when nothing is left. `which` is empty for all queues."""
    if which and which not in QUEUES:
        raise BadArgument(f"There is no queue {which!r}. There are {', '.join(QUEUES)}.")
    done = [redrive(target, name, dry) for name in QUEUES if which in ("", name)]
    tell_rows([asdict(one) for one in done], "")
    if dry:
        console.print("A dry run: nothing was moved.")
    return dry or not any(one.left for one in done)


def redrive(target: Target, name: str, dry: bool) -> Redriven:
    found, sqs = outputs(target), target.client("sqs")
    url = found[QUEUES[name]]
    waiting = _waiting(sqs, url)
    if dry or not waiting:
        return Redriven(name, waiting)
    hand_on = _way(name, target, found, sqs)
    handed_on = left = 0
    # No more than there were: what fails again comes back here.
    for message in _messages(sqs, url, waiting):
        try:
            hand_on(message)
        except NotOurs:
            left += 1
        else:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            handed_on += 1
    return Redriven(name, waiting, handed_on, left)


def _way(
    name: str, target: Target, found: Mapping[str, str], sqs: Any
) -> Callable[[Message], object]:
    def to_queue(url: str, body: str) -> None:
        sqs.send_message(QueueUrl=url, MessageBody=body)

    def to_consumer(message: Message) -> None:
        arn, event = _addressed(message)
        fed = [found[output] for output in FED.values() if _is_of(arn, found[output])]
        if fed:
            to_queue(fed[0], json.dumps(event))
        elif f":function:{target.stack}-" in arn:
            functions.invoke(FunctionName=arn, InvocationType="Event", Payload=json.dumps(event))
        else:
            raise NotOurs

    functions = target.client("lambda")
    if name in FED:
        return lambda message: to_queue(found[FED[name]], message["Body"])
    if name == "events":
        return to_consumer
    # A pointer of the stream names no item. The sweep finds what did not happen.
    if not is_done(run_sweep(target, 0)):
        raise OperatorError("The sweep is not done, so the stream's pointers stay. Try again.")
    return lambda message: None


def _is_of(arn: str, url: str) -> bool:
    return arn.endswith(":" + url.rpartition("/")[2])


def _addressed(message: Message) -> tuple[str, Any]:
    """Of a consumer that failed, or of a rule that did not reach it: who, and the event.
    Raises NotOurs."""
    attributes = message.get("MessageAttributes", {})
    if "TARGET_ARN" in attributes:
        return attributes["TARGET_ARN"]["StringValue"], json.loads(message["Body"])
    try:
        body = json.loads(message["Body"])
        return str(body["requestContext"]["functionArn"]), body["requestPayload"]
    except (ValueError, KeyError, TypeError) as error:
        raise NotOurs from error


def _waiting(sqs: Any, url: str) -> int:
    name = "ApproximateNumberOfMessages"
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])
    return int(found["Attributes"][name])


def _messages(sqs: Any, url: str, most: int) -> Iterator[Message]:
    taken = 0
    while taken < most:
        answer = sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=min(10, most - taken),
            VisibilityTimeout=HIDDEN_S,
            WaitTimeSeconds=1,
            MessageAttributeNames=["All"],
        )
        messages = answer.get("Messages", [])
        if not messages:
            return
        yield from messages
        taken += len(messages)
