"""The secrets of hooks and webhooks as the tests find and leave them."""

import json
from functools import cache
from typing import Any, Final

import boto3
from moto.core import DEFAULT_ACCOUNT_ID
from moto.secretsmanager.models import secretsmanager_backends

from chalicelib import wiring
from chalicelib.helpdesks import account_wiring
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.webhooks import call_wiring

HOOK: Final = "hookhookhookhookhookhookho"
HOOK_SECRET: Final = "fictional-zendesk-signing-secret"
AT_FIRST: Final = {"hook-secrets": {HOOK: [HOOK_SECRET]}, "webhook-secrets": {}}


@cache
def looking(service: str) -> Any:
    """A client of the tests' own, that no fault and no watch is on."""
    key = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client(service, region_name="us-east-1", **key)


def stored_secrets(name: str = "hook-secrets") -> Any:
    found = looking("secretsmanager").get_secret_value(SecretId=name, VersionStage="AWSCURRENT")
    return json.loads(found["SecretString"])


def write_secrets(secrets: object, name: str = "hook-secrets") -> None:
    """Past the memory of every function."""
    client = looking("secretsmanager")
    # moto loses count of AWSCURRENT when the label was moved before.
    client.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    client.create_secret(Name=name, SecretString=json.dumps(secrets))
    forget_secrets()


def restore_secrets() -> None:
    for name, secrets in AT_FIRST.items():
        if _kept(name) != secrets:
            write_secrets(secrets, name)


def _kept(name: str) -> Any:
    """As moto has it: each test looks, and few change it."""
    backend = secretsmanager_backends[DEFAULT_ACCOUNT_ID]["us-east-1"]
    found = backend.get_secret_value(name, version_id="", version_stage="AWSCURRENT")
    return json.loads(found["SecretString"])


def forget_secrets() -> None:
    """As in a function that has just started."""
    wiring.secrets.cache_clear()
    for remembering in (helpdesks_wiring, account_wiring, call_wiring):
        remembering._read_at.clear()
