"""A sealed survey on the deployed stack: its own table and keys, under the functions' own roles."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib import ids, moments
from chalicelib.aws.made_secrets import MadeSecrets
from chalicelib.aws.table import DynamoTable, unpack
from chalicelib.ballots.ballot import Vote
from chalicelib.ballots.ballot_keys import BallotKeyStore
from chalicelib.ballots.cast import Cast, CastNeeds, cast
from chalicelib.ballots.links import nonce_of
from chalicelib.ballots.open_box import OpenBoxNeeds, open_box
from chalicelib.ballots.store import BallotStore
from chalicelib.responses.judge.of_ballot import rule
from chalicelib.table import Item
from chalicelib.wiring import pause
from tests.conftest import Stack
from tests.support.ballots import ANONYMOUS, BY_HAND
from tests.support.frozen_box import frozen_for_long
from tests.support.given_surveys import body_of
from tests.support.outside import Outside, until

pytestmark = pytest.mark.slow
PATH = f"/v1/surveys/{ANONYMOUS.id}"
PEOPLE, AT_ONCE = 23, 100


@dataclass
class Box:
    stack: Stack

    def __post_init__(self) -> None:
        client = self.stack.aws("dynamodb")
        (self.table,) = [name for name in client.list_tables()["TableNames"] if "Ballots" in name]
        self.store = BallotStore(DynamoTable(client, self.table))
        made = MadeSecrets(self.stack.aws("secretsmanager"))
        self.keys = BallotKeyStore(made, "heed/ballots", time.monotonic)

    def open(self) -> None:
        open_box(ANONYMOUS, [], OpenBoxNeeds(self.store, self.keys, pause))

    def cast(self, number: int) -> Cast:
        keys = self.keys.find(ANONYMOUS.id)
        assert keys
        nonce = nonce_of("anonymous", ids.derived_id(str(number)), keys)
        needs = CastNeeds(self.store, keys, rule, pause)
        vote = Vote(number % 11, f"word {number}")
        return cast(ANONYMOUS, nonce, (), vote, BY_HAND, moments.now(), needs)

    def rows(self) -> list[Item]:
        return list(self.store.rows(ANONYMOUS.id))


def put_survey(outside: Outside) -> None:
    body = body_of(ANONYMOUS, "id")
    assert outside.api("PUT", PATH, body).status == 200


def items(stack: Stack, kind: str) -> list[Item]:
    pages = (
        stack.aws("dynamodb").get_paginator("scan").paginate(TableName=stack.outputs["TableName"])
    )
    found = [unpack(raw) for page in pages for raw in page["Items"]]
    return [item for item in found if item["SK"].partition("#")[0] == kind]


def invoke(stack: Stack) -> Any:
    done = stack.aws("lambda").invoke(FunctionName="heed-release-ballots", Payload=b"{}")
    assert "FunctionError" not in done, done["Payload"].read()


def closing_record(stack: Stack) -> list[Any]:
    return [item for item in items(stack, "CLOSED") if item["survey"] == ANONYMOUS.id]


def test_a_sealed_survey_is_cast_released_and_closed(stack: Stack) -> None:
    outside, box = Outside(stack), Box(stack)
    put_survey(outside)
    box.open()
    with ThreadPoolExecutor(16) as pool:  # A19
        codes = {given.code for given in pool.map(box.cast, [0] * AT_ONCE)}
    assert (len(codes), len(box.rows())) == (1, 1)
    for number in range(1, PEOPLE):
        box.cast(number)
    released = outside.api("POST", f"{PATH}/releases")
    assert (released.status, released.json) == (200, {"blocks": 1, "answers": 15}), released.text
    assert len(items(stack, "RESPONSE")) >= 15
    closing = outside.api("POST", f"{PATH}/closing")
    assert (closing.status, closing.json["state"]) == (202, "frozen"), closing.text
    frozen_for_long(stack, ANONYMOUS.id)
    invoke(stack)
    (record,) = until(lambda: closing_record(stack), what="the closing record")
    assert (record["counts"]["published"], record["counts"]["left_out"]) == (PEOPLE, 0)
    assert box.rows() == []
    names = [one["Name"] for one in stack.aws("secretsmanager").list_secrets()["SecretList"]]
    assert f"heed/ballots/{ANONYMOUS.id}" not in names
    described = stack.aws("dynamodb").describe_table(TableName=box.table)["Table"]
    assert not described.get("StreamSpecification", {}).get("StreamEnabled")  # A5
