"""Invariant 1 at the wire: faults are played where AWS would play them, under botocore's
own retries, and the tally is compared with a recount after every action."""

import random
from contextlib import suppress
from typing import Any

import pytest

from chalicelib.aws.table import DynamoTable, unpack
from chalicelib.errors import LinkRejected, Unavailable
from chalicelib.invitations.invitation import Ended
from chalicelib.responses.ending import end_invitation
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from tests.functional.conftest import TABLE
from tests.support.recount import contradictions, recounted, tallied
from tests.support.samples import NOW, recording, stored_invitation

CONFLICT = {"CancellationReasons": [{"Code": "None"}, {"Code": "TransactionConflict"}]}
READ_FAULTS: list[Any] = [
    ("before", "ThrottlingException", 400),
    ("before", "InternalServerError", 500),
    ("connect",),
    ("lost",),
]
FAULTS: list[Any] = [
    *READ_FAULTS,
    ("before", "TransactionInProgressException", 400),
    ("before", "IdempotentParameterMismatchException", 400),
    ("before", "TransactionCanceledException", 400, CONFLICT),
    ("twice",),
]


@pytest.mark.parametrize("seed", range(8))
def test_no_history_of_faults_makes_a_tally_differ_from_its_recount(
    seed: int, dynamodb: Any, dynamo_table: DynamoTable, faulty: Any
) -> None:
    chance = random.Random(seed)
    made = [stored_invitation(dynamo_table, name).id for name in ("one", "two", "three")]
    needs = recording(dynamo_table)
    faults = faulty(dynamodb, {})
    done: list[tuple[str, Answer, str]] = []
    for _ in range(25):
        again = done and chance.random() < 0.25
        score, words = chance.randrange(11), chance.choice([None, "slow"])
        fresh = (chance.choice(made), Answer(score, words), new_operation(NOW))
        action = chance.choice(done) if again else fresh
        done.append(action)
        faults.plan = {
            operation: [chance.choice(kinds) if chance.random() < 0.35 else None for _ in "xxxx"]
            for operation, kinds in (
                ("TransactWriteItems", FAULTS),
                ("BatchGetItem", READ_FAULTS),
                ("GetItem", READ_FAULTS),
            )
        }
        with suppress(LinkRejected, Unavailable):
            kind = chance.random()
            if kind < 0.1:
                erase_response(action[0], new_operation(NOW), NOW, needs)
            elif kind < 0.2:
                end_invitation(action[0], chance.choice(list(Ended)), needs)
            else:
                record_response(action[0], action[1], action[2], "UTC", NOW, needs)
        faults.plan = {}
        items = [unpack(raw) for raw in dynamodb.scan(TableName=TABLE)["Items"]]
        assert tallied(items) == recounted(items)
        assert contradictions(items) == []


def test_an_answer_is_lost_and_the_caller_is_told_the_truth(
    dynamodb: Any, dynamo_table: DynamoTable, faulty: Any
) -> None:
    invitation = stored_invitation(dynamo_table).id
    faults = faulty(dynamodb, {"TransactWriteItems": [("lost",), ("lost",)]})
    stored = record_response(
        invitation, Answer(9), new_operation(NOW), "UTC", NOW, recording(dynamo_table)
    )
    assert (stored.score, stored.version) == (9, 1)
    assert faults.calls.count("TransactWriteItems") <= 2


def test_an_error_of_ours_is_not_tried_again(
    dynamodb: Any, dynamo_table: DynamoTable, faulty: Any
) -> None:
    invitation = stored_invitation(dynamo_table).id
    faults = faulty(dynamodb, {"TransactWriteItems": [("before", "AccessDeniedException", 400)]})
    with pytest.raises(Exception, match="AccessDenied"):
        record_response(
            invitation, Answer(9), new_operation(NOW), "UTC", NOW, recording(dynamo_table)
        )
    assert faults.calls.count("TransactWriteItems") == 1
