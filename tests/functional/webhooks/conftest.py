from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from chalicelib import targets, wiring
from chalicelib.webhooks import call_wiring
from tests.functional.conftest import Heed
from tests.support.webhooks import put_team


@pytest.fixture(autouse=True)
def _public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name has a public address."""
    monkeypatch.setattr(targets, "resolve", lambda host, port: ["93.184.216.34"])


@pytest.fixture(autouse=True)
def _webhook_secrets(_services: None) -> Iterator[None]:
    """There are none before, and none afterwards."""
    yield
    client = boto3.client("secretsmanager", region_name="us-east-1")
    # moto loses count of AWSCURRENT when the label was moved before.
    client.delete_secret(SecretId="webhook-secrets", ForceDeleteWithoutRecovery=True)
    client.create_secret(Name="webhook-secrets", SecretString="{}")
    wiring.secrets.cache_clear()
    call_wiring._read_at.clear()


@pytest.fixture
def desk(heed: Heed) -> Any:
    """The app, with the team `desk`."""
    put_team()
    return heed
