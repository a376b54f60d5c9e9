"""A secret is read once in five minutes, and a store that is down is not a wrong secret."""

from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
import time_machine

from chalicelib.aws import clients
from chalicelib.aws.secrets import A_MINUTE_S, MAX_AGE_S, Secrets
from chalicelib.errors import Unavailable

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC).timestamp()


@pytest.fixture
def name(_moto: None, _no_account: None) -> Any:
    client = boto3.client("secretsmanager")
    client.create_secret(Name="of-these-tests", SecretString='{"a": 1}')
    yield "of-these-tests"
    client.delete_secret(SecretId="of-these-tests", ForceDeleteWithoutRecovery=True)


def change(name: str) -> None:
    boto3.client("secretsmanager").put_secret_value(SecretId=name, SecretString='{"a": 2}')


@pytest.mark.parametrize(
    ("waited", "found"), [(0, 1), (MAX_AGE_S - 1, 1), (MAX_AGE_S, 2), (86400, 2)]
)
def test_a_secret_is_kept_for_five_minutes(name: str, waited: int, found: int) -> None:
    secrets = Secrets(clients.client("secretsmanager"))
    with time_machine.travel(NOW, tick=False) as clock:
        assert secrets.json(name) == {"a": 1}
        change(name)
        clock.shift(waited)
        assert secrets.json(name) == {"a": found}


def test_a_fresh_reading_does_not_use_the_memory_and_is_kept(name: str) -> None:
    secrets = Secrets(clients.client("secretsmanager"))
    assert secrets.text(name) == '{"a": 1}'
    change(name)
    assert secrets.json(name, fresh=True) == {"a": 2}
    assert secrets.text(name) == '{"a": 2}'


def test_a_secret_that_cannot_be_read_is_unavailable(name: str) -> None:
    with pytest.raises(Unavailable):
        Secrets(clients.client("secretsmanager")).json("of-nobody")


def test_what_may_have_been_written_since_is_read_anew_once_a_minute(name: str) -> None:
    secrets = Secrets(clients.client("secretsmanager"))
    with time_machine.travel(NOW, tick=False) as clock:
        assert secrets.json(name) == {"a": 1}
        change(name)
        assert secrets.newer(name) == {"a": 2}
        boto3.client("secretsmanager").put_secret_value(SecretId=name, SecretString='{"a": 3}')
        clock.shift(A_MINUTE_S - 1)
        assert secrets.newer(name) == secrets.json(name) == {"a": 2}
        clock.shift(1)
        assert secrets.newer(name) == secrets.json(name) == {"a": 3}
