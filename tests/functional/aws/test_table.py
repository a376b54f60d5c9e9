"""One contract, run on the fake, on the table in which the demo is gathered, and on DynamoDB as
moto plays it. The deployed local stack runs it again (tests/stack/aws/test_table_on_stack.py)."""

from typing import Any

import pytest

from chalicelib.errors import OutcomeUnknown, Unavailable, WriteConflict
from chalicelib.table import Key, Put, Query, Table, Update, every
from infra.demo.gathered import Gathered
from tests.functional.conftest import TABLE
from tests.support.fakes import FakeTable
from tests.support.faults import Faults
from tests.support.table_contract import TableContract


class TestFakeTable(TableContract):
    @pytest.fixture
    def table(self) -> Table:
        return FakeTable()


class TestGathered(TableContract):
    @pytest.fixture
    def table(self) -> Table:
        return Gathered()


class TestDynamoTable(TableContract):
    @pytest.fixture
    def table(self, dynamo_table: Table) -> Table:
        return dynamo_table


A = Key("A#1", "A")


def test_a_throttled_read_says_unavailable(dynamodb: Any, dynamo_table: Table, faulty: Any) -> None:
    faulty(dynamodb, {"GetItem": [("before", "ThrottlingException", 400)] * 9})
    with pytest.raises(Unavailable):
        dynamo_table.get(A)


def test_a_lost_answer_is_an_unknown_outcome_and_the_write_stands(
    dynamodb: Any, dynamo_table: Table, faulty: Any
) -> None:
    faulty(dynamodb, {"TransactWriteItems": [("lost",)] * 9})
    with pytest.raises(OutcomeUnknown):
        dynamo_table.transact([Put({**A.as_item(), "n": 1})])
    assert dynamo_table.get(A)


def test_a_transaction_conflict_is_told_apart_from_a_refusal(
    dynamodb: Any, dynamo_table: Table, faulty: Any
) -> None:
    reasons = {"CancellationReasons": [{"Code": "None"}, {"Code": "TransactionConflict"}]}
    faulty(
        dynamodb,
        {"TransactWriteItems": [("before", "TransactionCanceledException", 400, reasons)]},
    )
    with pytest.raises(WriteConflict):
        dynamo_table.transact([Put(A.as_item()), Update(Key("B#1", "B"), add={"n": 1})])


def test_an_error_of_ours_is_not_taken_for_a_fault_that_passes(
    dynamodb: Any, dynamo_table: Table, faulty: Any
) -> None:
    faulty(dynamodb, {"PutItem": [("before", "AccessDeniedException", 400)]})
    with pytest.raises(Exception, match="AccessDenied"):
        dynamo_table.write(Put(A.as_item()))


def test_unprocessed_keys_are_asked_for_again(
    dynamodb: Any, dynamo_table: Table, faulty: Any
) -> None:
    dynamo_table.write(Put({**A.as_item(), "n": 1}))
    left = {
        "Responses": {TABLE: []},
        "UnprocessedKeys": {TABLE: {"Keys": [{"PK": {"S": "A#1"}, "SK": {"S": "A"}}]}},
    }
    faulty(dynamodb, {"BatchGetItem": [("reply", 200, left)]})
    assert dynamo_table.get_all([A])[A]["n"] == 1


def test_keys_that_stay_unprocessed_are_told_and_not_asked_for_without_end(
    dynamodb: Any, dynamo_table: Table, faulty: Any
) -> None:
    keys = {"Keys": [{"PK": {"S": "A#1"}, "SK": {"S": "A"}}]}
    left = {"Responses": {}, "UnprocessedKeys": {TABLE: keys}}
    faults = faulty(dynamodb, {"BatchGetItem": [("reply", 200, left)] * 99})
    with pytest.raises(Unavailable):
        dynamo_table.get_all([A])
    assert len(faults.calls) < 10


def test_all_pages_are_read_even_when_one_is_empty(
    dynamodb: Any, dynamo_table: Table, faulty: Any
) -> None:
    dynamo_table.write(Put({**A.as_item(), "n": 1}))
    empty = {"Items": [], "LastEvaluatedKey": {"PK": {"S": "A#1"}, "SK": {"S": "0"}}}
    faulty(dynamodb, {"Query": [("reply", 200, empty)]})
    assert [item["n"] for item in every(dynamo_table, Query("A#1"))] == [1]


def test_faults_that_are_healed_leave_one_answer_to_each_call(
    dynamodb: Any, dynamo_table: Table
) -> None:
    """Of the tests' own faults: what two of them left on a client counted double later."""
    one, other = (Faults(dynamodb, {}) for _ in range(2))
    one.heal()
    other.heal()
    dynamo_table.update(Update(A, add={"n": 1}))
    stored = dynamo_table.get(A)
    assert stored
    assert stored["n"] == 1
