"""A table that was restored is taken into a stack when it has all that a restore leaves behind."""

from typing import Any

import boto3
import pytest

from infra.deploy import Target
from infra.errors import OperatorError
from infra.restored import VARIABLE, other_table
from tests.functional.conftest import TABLE

TARGET = Target("heed-test", "")


@pytest.fixture
def client(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv(VARIABLE, TABLE)
    return boto3.client("dynamodb")


def make_ready(client: Any) -> None:
    stream = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
    client.update_table(TableName=TABLE, StreamSpecification=stream)
    client.update_table(TableName=TABLE, DeletionProtectionEnabled=True)
    live = {"Enabled": True, "AttributeName": "expires_at"}
    client.update_time_to_live(TableName=TABLE, TimeToLiveSpecification=live)
    recovery = {"PointInTimeRecoveryEnabled": True}
    client.update_continuous_backups(TableName=TABLE, PointInTimeRecoverySpecification=recovery)


def test_what_a_restore_did_not_bring_back_is_named_with_its_command(client: Any) -> None:
    with pytest.raises(OperatorError) as refused:
        other_table(TARGET)
    for words in ("stream-spec", "time-to-live", "point-in-time", "deletion-protection"):
        assert words in str(refused.value)


def test_a_table_that_is_ready_is_named_with_its_stream(client: Any) -> None:
    make_ready(client)
    try:
        found = other_table(TARGET)
    finally:
        client.update_table(TableName=TABLE, DeletionProtectionEnabled=False)
    stream = client.describe_table(TableName=TABLE)["Table"]["LatestStreamArn"]
    assert found["TableName"] == TABLE
    assert stream.endswith(f"table/{TABLE}/stream/{found['TableStreamLabel']}")


def test_a_table_that_does_not_exist_is_refused(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "nobody")
    with pytest.raises(OperatorError, match="no table 'nobody'"):
        other_table(TARGET)


def test_without_the_variable_the_stack_keeps_its_table(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    assert other_table(TARGET) == {}
