"""What lies in the dead-letter queues goes back to whoever lacks it."""

import io
import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from typer.testing import CliRunner

from infra import cli, deploy, redrive, sweep
from infra.deploy import Target
from infra.redrive import FED, QUEUES, Redriven

EVENT = {"detail-type": "ResponseRecorded", "detail": {"id": "event", "response": "one"}}
TASKS = "arn:aws:lambda:us-east-1:123456789012:function:heed-test-open-task"


class Functions:
    """Lambda, of which moto needs Docker. `swept` is what the sweep answers."""

    def __init__(self) -> None:
        self.invoked: list[tuple[str, Any]] = []
        self.swept = {"found": {"task": 2}, "failed": 0, "finished": True}
        self.failed = False

    def invoke(self, FunctionName: str, Payload: str, InvocationType: str = "") -> Any:  # noqa: N803
        self.invoked.append((FunctionName, json.loads(Payload)))
        answer = {"errorType": "KeyError"} if self.failed else self.swept
        failed = {"FunctionError": "Unhandled"} if self.failed else {}
        return {"Payload": io.BytesIO(json.dumps(answer).encode()), **failed}


class Stack:
    def __init__(self) -> None:
        self.sqs, self.functions = boto3.client("sqs"), Functions()
        names = (*FED.values(), *QUEUES.values())
        self.outputs = {
            name: self.sqs.create_queue(QueueName=f"heed-test-{name}")["QueueUrl"] for name in names
        } | {"SweepFunction": "heed-test-sweep"}

    def gone(self) -> None:
        for name in (*FED.values(), *QUEUES.values()):
            self.sqs.delete_queue(QueueUrl=self.outputs[name])

    def client(self, service: str, read_timeout: int = 60) -> Any:
        return self.functions if service == "lambda" else self.sqs

    def lay(self, queue: str, body: object, **attributes: str) -> None:
        said = {
            name: {"StringValue": value, "DataType": "String"} for name, value in attributes.items()
        }
        url = self.outputs[QUEUES[queue]]
        self.sqs.send_message(QueueUrl=url, MessageBody=json.dumps(body), MessageAttributes=said)

    def in_queue(self, name: str = "mail") -> list[Any]:
        found = self.sqs.receive_message(QueueUrl=self.outputs[FED[name]], MaxNumberOfMessages=10)
        return [json.loads(message["Body"]) for message in found.get("Messages", [])]


@pytest.fixture
def stack(_moto: None, _no_account: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    made = Stack()
    monkeypatch.setattr(Target, "client", lambda _, *args, **named: made.client(*args, **named))
    for module in (deploy, redrive, sweep):
        monkeypatch.setattr(module, "outputs", lambda target: made.outputs)
    yield made
    made.gone()


def run(*words: str) -> int:
    return CliRunner().invoke(cli.commands, [*words, "--stage", "test"]).exit_code


def test_mail_goes_back_to_its_queue_and_nothing_is_left(stack: Stack) -> None:
    for number in range(13):
        stack.lay("mail", {"number": number})
    assert run("redrive", "--queue", "mail") == 0
    found = [*stack.in_queue(), *stack.in_queue()]
    assert sorted(one["number"] for one in found) == list(range(13))
    assert redrive.redrive(Target("heed-test", ""), "mail", dry=True) == Redriven("mail", 0)


def test_a_consumer_that_failed_gets_its_event_and_no_other_does(stack: Stack) -> None:
    failed = {"requestContext": {"functionArn": f"{TASKS}:$LATEST"}, "requestPayload": EVENT}
    stack.lay("events", failed)
    stack.lay("events", EVENT, TARGET_ARN=TASKS, RULE_ARN="a rule", ERROR_CODE="THROTTLED")
    assert run("redrive") == 0
    assert sorted(stack.functions.invoked) == [(TASKS, EVENT), (f"{TASKS}:$LATEST", EVENT)]


@pytest.mark.parametrize("name", FED)
def test_an_event_that_never_reached_a_queue_is_put_into_it(stack: Stack, name: str) -> None:
    arn = f"arn:aws:sqs:us-east-1:1:heed-test-{FED[name]}"
    stack.lay("events", EVENT, TARGET_ARN=arn)
    assert run("redrive", "--queue", "events") == 0
    assert stack.in_queue(name) == [EVENT]


def test_a_delivery_goes_back_to_its_queue(stack: Stack) -> None:
    stack.lay("deliveries", EVENT)
    assert run("redrive", "--queue", "deliveries") == 0
    assert (stack.in_queue("deliveries"), stack.in_queue()) == ([EVENT], [])


@pytest.mark.parametrize(
    "body",
    ["no JSON object", {"requestContext": {}}, {"requestContext": None, "requestPayload": 1}],
)
def test_what_nobody_of_this_stack_waits_for_stays_and_is_told(stack: Stack, body: Any) -> None:
    stack.lay("events", body)
    stack.lay("events", EVENT, TARGET_ARN=TASKS.replace("heed-test", "others"))
    assert run("redrive") == 1
    assert stack.functions.invoked == []


def test_pointers_of_the_stream_go_once_the_sweep_is_done(stack: Stack) -> None:
    stack.lay("stream", {"DDBStreamBatchInfo": {"shardId": "shard"}})
    stack.functions.swept |= {"finished": False}
    assert run("redrive", "--queue", "stream") != 0
    assert redrive.redrive(Target("heed-test", ""), "stream", dry=True).waiting == 1
    stack.functions.swept |= {"finished": True}
    assert run("redrive", "--queue", "stream") == 0
    assert redrive.redrive(Target("heed-test", ""), "stream", dry=True).waiting == 0
    assert stack.functions.invoked == [("heed-test-sweep", {})] * 2


@pytest.mark.parametrize("queue", QUEUES)
def test_a_dry_run_only_counts(stack: Stack, queue: str) -> None:
    stack.lay(queue, EVENT, TARGET_ARN=TASKS)
    for _ in range(2):
        assert run("redrive", "--queue", queue, "--dry") == 0
        assert redrive.redrive(Target("heed-test", ""), queue, dry=True).waiting == 1
    assert stack.functions.invoked == []


def test_a_queue_that_there_is_not_is_an_error(stack: Stack) -> None:
    assert run("redrive", "--queue", "post") == 1


def test_the_sweep_is_asked_for_its_days_and_its_failure_is_told(stack: Stack) -> None:
    assert (run("sweep"), run("sweep", "--days", "30")) == (0, 0)
    stack.functions.swept |= {"failed": 1}
    assert run("sweep") == 1
    stack.functions.failed = True
    assert run("sweep") == 1
    assert [asked for _, asked in stack.functions.invoked] == [{}, {"days": 30}, {}, {}]
