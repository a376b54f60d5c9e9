"""Heed on moto, in this process, for a measurement that is no test."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from unittest.mock import patch

import boto3
from chalice.test import Client
from moto import mock_aws

from app import app
from chalicelib.aws import clients
from chalicelib.logs import logger
from chalicelib.responses import wiring as responses_wiring
from tests.functional.conftest import ENVIRONMENT, TABLE, Heed, make_services, make_table

ACCOUNT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@contextmanager
def heed() -> Iterator[Heed]:
    """Nothing here reaches an account or an endpoint of the machine."""
    foreign = [name for name in os.environ if name.startswith(("AWS_", "HEED_"))]
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    with patch.dict(os.environ, kept | ENVIRONMENT | ACCOUNT, clear=True), mock_aws(), _quiet():
        _make_services()
        dynamodb = clients.client("dynamodb")
        make_table(dynamodb)
        made = Heed()
        try:
            with Client(app, stage_name="aws") as client:
                made.http = client.http
                yield made
        finally:
            dynamodb.delete_table(TableName=TABLE)


def _make_services() -> None:
    """Tests that ran before in the same process have made them, and moto keeps them."""
    secrets = boto3.client("secretsmanager", region_name="us-east-1")
    with suppress(secrets.exceptions.ResourceExistsException):
        make_services()


@contextmanager
def _quiet() -> Iterator[None]:
    """No line of a log and no metric among the tables. Tests of the same process read log lines
    afterwards."""
    level = logger().log_level
    logger().setLevel(logging.ERROR)
    try:
        with patch.object(responses_wiring, "watch", lambda seen: None):
            yield
    finally:
        logger().setLevel(level)
