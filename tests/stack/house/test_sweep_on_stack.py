"""The sweep on the deployed stack: the function's permissions, its rule, and the commands."""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from chalicelib import ids, keys, moments
from chalicelib.aws.table import DynamoTable
from chalicelib.responses.record import RecordNeeds, new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.responses.store import ResponseStore
from tests.conftest import ROOT, Stack
from tests.support.samples import last_shard, stored_invitation

pytestmark = pytest.mark.slow


@pytest.fixture
def table(stack: Stack) -> DynamoTable:
    return DynamoTable(stack.aws("dynamodb"), stack.outputs["TableName"])


def command(stack: Stack, *words: str) -> str:
    ports = {"HEED_AWS_PORT": stack.endpoint.rpartition(":")[2], "HEED_LOCAL_DIR": str(stack.home)}
    done = subprocess.run(
        [sys.executable, "-m", "infra.cli", *words],
        cwd=ROOT,
        env=os.environ | ports,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def switch(stack: Stack, on: bool) -> None:
    """The rules by which an answer that asks for something reaches its consumers."""
    events, bus = stack.aws("events"), stack.outputs["BusName"]
    rules = events.list_rules(EventBusName=bus)["Rules"]
    wanted = ("ResponseRecorded", "origin")  # those that tell webhooks take any origin
    names = [rule["Name"] for rule in rules if all(word in rule["EventPattern"] for word in wanted)]
    assert len(names) == 1
    change = events.enable_rule if on else events.disable_rule
    for name in names:
        change(Name=name, EventBusName=bus)


def answer_unheard(stack: Stack, table: DynamoTable) -> str:
    """An unhappy answer of ten minutes ago whose event nobody took."""
    ago = moments.now() - timedelta(minutes=10)
    made = stored_invitation(table, ids.new_id(), survey=stack.survey, created_at=ago)
    needs = RecordNeeds(ResponseStore(table), lambda attempt: None, last_shard(table))
    switch(stack, on=False)
    try:
        record_response(made.id, Answer(2), new_operation(ago), "UTC", ago, needs)
        # The emulator reads the stream once a second.
        time.sleep(5)
    finally:
        switch(stack, on=True)
    return made.id


def test_an_answer_that_its_consumers_never_got_has_its_task_after_a_sweep(
    stack: Stack, table: DynamoTable
) -> None:
    answer = answer_unheard(stack, table)
    assert "on its way again" in command(stack, "sweep")
    assert table.get(keys.task(answer))
    assert table.get(keys.follow_up(answer))


def test_the_stack_sweeps_by_itself_every_few_minutes(stack: Stack) -> None:
    events = stack.aws("events")
    rules = {rule.get("ScheduleExpression"): rule["Name"] for rule in events.list_rules()["Rules"]}
    (target,) = events.list_targets_by_rule(Rule=rules["rate(3 minutes)"])["Targets"]
    assert target["Arn"].endswith(":heed-sweep:live")


def test_mail_that_was_given_up_is_tried_again(stack: Stack, table: DynamoTable) -> None:
    sqs, outputs = stack.aws("sqs"), stack.outputs
    detail = {"id": "event", "invitation": "nobody", "survey": stack.survey}
    event = json.dumps({"detail-type": "InvitationQueued", "detail": detail})
    sqs.send_message(QueueUrl=outputs["MailDeadLettersUrl"], MessageBody=event)

    def waiting() -> int:
        found = sqs.get_queue_attributes(
            QueueUrl=outputs["MailDeadLettersUrl"], AttributeNames=["All"]
        )
        return int(found["Attributes"]["ApproximateNumberOfMessages"])

    assert "nothing was moved" in command(stack, "redrive", "--dry")
    assert waiting() == 1
    command(stack, "redrive")
    assert waiting() == 0
