"""One session. Each client is made once, at its first use."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config


@cache
def client(service: str) -> Any:
    return _session().client(service, config=_config(service))


@cache
def _session() -> boto3.Session:
    return boto3.Session()


def _config(service: str) -> Config:
    # A tap must not hang: tries are short, and the caller decides on the next one. The SDK
    # never repeats an e-mail, because SES has no idempotency token.
    attempts = 1 if service == "ses" else 2
    return Config(
        connect_timeout=2,
        read_timeout=5,
        retries={"mode": "standard", "total_max_attempts": attempts},
    )
