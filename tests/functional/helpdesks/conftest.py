import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from chalicelib import wiring
from chalicelib.helpdesks import wiring as helpdesks_wiring
from tests.functional.conftest import HOOK, HOOK_SECRET


def stored_secrets() -> Any:
    client = boto3.client("secretsmanager", region_name="us-east-1")
    found = client.get_secret_value(SecretId="hook-secrets", VersionStage="AWSCURRENT")
    return json.loads(found["SecretString"])


def write_secrets(secrets: object) -> None:
    """Past the memory of every function."""
    client = boto3.client("secretsmanager", region_name="us-east-1")
    # moto loses count of AWSCURRENT when the label was moved before.
    client.delete_secret(SecretId="hook-secrets", ForceDeleteWithoutRecovery=True)
    client.create_secret(Name="hook-secrets", SecretString=json.dumps(secrets))
    forget_secrets()


def forget_secrets() -> None:
    """As in a function that has just started."""
    wiring.secrets.cache_clear()
    helpdesks_wiring._read_at.clear()


@pytest.fixture
def _hook_secrets(_services: None) -> Iterator[None]:
    """The secrets of all hooks are afterwards as they were."""
    yield
    write_secrets({HOOK: [HOOK_SECRET]})
