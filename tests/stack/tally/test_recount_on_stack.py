"""The nightly function on the deployed stack, with its own role, and the operator's command."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from chalicelib.aws.table import pack, unpack
from tests.conftest import ROOT, Stack
from tests.support.recount import recounted, tallied

pytestmark = pytest.mark.slow


def stored(stack: Stack) -> list[dict[str, Any]]:
    pages = stack.aws("dynamodb").get_paginator("scan")
    found = pages.paginate(TableName=stack.outputs["TableName"])
    return [unpack(raw) for page in found for raw in page["Items"]]


def corrupt(stack: Stack) -> None:
    """One day says more than there is, another is gone."""
    client, name = stack.aws("dynamodb"), stack.outputs["TableName"]
    days = [item for item in stored(stack) if item["PK"] == f"TALLY#{stack.survey}#all#00"]
    more, gone = ({"PK": day["PK"], "SK": day["SK"]} for day in days[:2])
    client.update_item(
        TableName=name,
        Key=pack(more),
        UpdateExpression="ADD n :many",
        ExpressionAttributeValues=pack({":many": 7}),
    )
    client.delete_item(TableName=name, Key=pack(gone))


def is_right(stack: Stack) -> bool:
    items = stored(stack)
    return tallied(items) == recounted(items)


def test_the_function_repairs_what_is_wrong_and_nothing_else(stack: Stack) -> None:
    corrupt(stack)
    assert not is_right(stack)
    done = stack.aws("lambda").invoke(FunctionName="heed-recount", Payload=json.dumps({}))
    assert "FunctionError" not in done
    assert is_right(stack)


def test_the_operator_s_command_does_the_same(stack: Stack) -> None:
    corrupt(stack)
    port = stack.endpoint.rpartition(":")[2]
    environment = os.environ | {"HEED_AWS_PORT": port, "HEED_LOCAL_DIR": str(stack.home)}
    command = [sys.executable, "-m", "infra.cli", "recount", "--survey", stack.survey]
    looked = subprocess.run([*command, "--check"], cwd=ROOT, env=environment, check=False)
    assert (looked.returncode, is_right(stack)) == (1, False)
    repaired = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    assert (repaired.returncode, is_right(stack)) == (0, True)
