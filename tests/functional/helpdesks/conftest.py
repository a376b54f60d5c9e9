import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from chalicelib import wiring
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.hook import Hook
from tests.functional.conftest import HOOK, HOOK_SECRET, Heed
from tests.support.inbound import API, samples
from tests.support.samples import SURVEY


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
    """The secrets of all hooks are afterwards as they were, and so they are at the beginning."""
    write_secrets({HOOK: [HOOK_SECRET]})
    yield
    write_secrets({HOOK: [HOOK_SECRET]})


@pytest.fixture
def _desks(heed: Heed, monkeypatch: pytest.MonkeyPatch, _hook_secrets: None) -> None:
    """A hook of each source, at the address that the recorded deliveries name."""
    monkeypatch.setenv("HEED_BASE_URL", API)
    for source in {told.source for told in samples()}:
        helpdesks_wiring.hooks().add(Hook(source, "ten_01", SURVEY.id))
