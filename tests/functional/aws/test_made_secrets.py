"""Secrets that Heed itself makes and destroys, on Secrets Manager."""

from typing import Any

import boto3
import pytest

from chalicelib.aws.made_secrets import MadeSecrets
from chalicelib.errors import Unavailable

NAME = "heed/ballots/made"
DOWN = ("before", "InternalServiceError", 500)


@pytest.fixture
def client(_moto: None, _no_account: None) -> Any:
    return boto3.client("secretsmanager", region_name="us-east-1")


def test_a_secret_is_made_once_read_and_destroyed_for_good(client: Any) -> None:
    made = MadeSecrets(client)
    assert made.read(NAME) is None
    made.make(NAME, {"mail": "one"})
    made.make(NAME, {"mail": "two"})
    assert made.read(NAME) == {"mail": "one"}
    made.destroy(NAME)
    made.destroy(NAME)
    assert made.read(NAME) is None
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.restore_secret(SecretId=NAME)


@pytest.mark.parametrize(
    ("call", "operation"), [("read", "GetSecretValue"), ("destroy", "DeleteSecret")]
)
def test_a_store_that_is_down_is_not_a_secret_that_is_gone(
    client: Any, faulty: Any, call: str, operation: str
) -> None:
    faulty(client, {operation: [DOWN] * 9})
    with pytest.raises(Unavailable):
        getattr(MadeSecrets(client), call)(NAME)
