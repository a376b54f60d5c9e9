import io
import json
import logging
import os
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest
from chalice.app import Chalice
from chalice.test import Client, HTTPResponse
from moto import mock_aws

from app import app
from chalicelib import moments
from chalicelib.api_keys import wiring as api_keys_wiring
from chalicelib.api_keys.api_key import ApiKey, Scope, new_key_id, new_secret
from chalicelib.aws import clients
from chalicelib.aws.table import DynamoTable
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.hook import Hook
from chalicelib.invitations.items import from_item
from chalicelib.invitations.token import Link, Purpose, make_token
from chalicelib.logs import logger
from chalicelib.members import wiring as members_wiring
from chalicelib.responses.pages import wiring as pages_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Item
from chalicelib.tally import wiring as tally_wiring
from tests.support.contract import hold_to_contract
from tests.support.faults import Faults
from tests.support.filling import BROWSER
from tests.support.fresh_tables import fresh_tables
from tests.support.kept_secrets import AT_FIRST, HOOK, looking, restore_secrets
from tests.support.lean_moto import lean_moto, moto_forgets  # noqa: F401 - for every test
from tests.support.lines import each_change_has_its_line  # noqa: F401 - for every test
from tests.support.roles import Watch
from tests.support.samples import KEYS, SURVEY

TABLE, BALLOTS = "heed-test", "heed-ballots-test"
ENVIRONMENT = {
    "HEED_TABLE": TABLE,
    "HEED_BALLOTS": BALLOTS,
    "HEED_BALLOT_KEYS": "heed/ballots",
    "HEED_BUS": "heed",
    "HEED_TOKEN_KEYS": "token-keys",
    "HEED_PERSON_KEY": "person-key",
    "HEED_HOOK_SECRETS": "hook-secrets",
    "HEED_WEBHOOK_SECRETS": "webhook-secrets",
    "HEED_BASE_URL": "https://heed.example.com",
    "HEED_MAIL_FROM": "IT Help Desk <feedback@example.com>",
    "HEED_MAIL_REPLY_TO": "helpdesk@example.com",
    "HEED_CONFIGURATION_SET": "heed",
    "POWERTOOLS_SERVICE_NAME": "heed-test",
    "POWERTOOLS_METRICS_NAMESPACE": "Heed",
}


class Heed:
    """What a test may do with the app from outside, and look at from inside."""

    http: Any

    def __init__(self) -> None:
        surveys_wiring.surveys().put(SURVEY)
        helpdesks_wiring.hooks().add(Hook("zendesk", HOOK, SURVEY.id))
        self.key = self.make_key(*Scope)

    def make_key(
        self,
        *scopes: Scope,
        surveys: Collection[str] = (),
        expires: datetime | None = None,
    ) -> str:
        """It was used today already, so that no request notes it."""
        secret, reach = new_secret(), frozenset(surveys) or None
        key = ApiKey(new_key_id(), "test", frozenset(scopes), reach, expires, moments.now())
        api_keys_wiring.api_keys().add(secret, key)
        api_keys_wiring.api_keys().note_use(secret, key, moments.now().date())
        return secret

    def call(
        self, method: str, path: str, body: object = None, key: str | None = None, **headers: str
    ) -> HTTPResponse:
        """An API call; `key` is the one with all scopes unless told otherwise."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"Authorization": f"Bearer {key or self.key}", **named}
        raw = b""
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = self.http.request(method, path, headers=sent, body=raw)
        hold_to_contract(method, path, answer.status_code, answer.headers, answer.body)
        return answer

    def open(self, path: str) -> HTTPResponse:
        """A page in a person's browser."""
        return self.http.get(path, headers=BROWSER)

    def post_form(self, path: str, fields: object) -> HTTPResponse:
        raw = fields if isinstance(fields, bytes) else urlencode(fields, doseq=True).encode()
        kind = {**BROWSER, "Content-Type": "application/x-www-form-urlencoded"}
        return self.http.post(path, headers=kind, body=raw)

    def items(self, kind: str) -> list[Item]:
        """All stored items of a kind, by SK."""
        from chalicelib.aws.table import unpack

        found = looking("dynamodb").scan(TableName=TABLE)["Items"]
        return [item for item in map(unpack, found) if item["SK"] == kind]

    def stored(self) -> list[Item]:
        """All items, without the day on which a key was last used."""
        from chalicelib.aws.table import unpack

        found = map(unpack, looking("dynamodb").scan(TableName=TABLE)["Items"])
        return [{name: item[name] for name in item.keys() - {"last_used"}} for item in found]

    def token(self, item: Item, purpose: Purpose = Purpose.ANSWER) -> str:
        invitation = from_item(item)
        link = Link(invitation.id, invitation.survey, invitation.expires_at)
        return make_token(link, purpose, "a", KEYS)


@pytest.fixture(autouse=True)
def _one_reading_of_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test calls: a request reads the clock once, and what it compares agrees."""
    read, answer, readings = moments.now, Chalice.__call__, []

    def now() -> datetime:
        readings.append(read())
        return readings[-1]

    def answered(self: Chalice, event: object, context: object) -> object:
        before = len(readings)
        found = answer(self, event, context)
        assert len(readings) - before <= 1, "a second reading of the clock"
        return found

    monkeypatch.setattr(moments, "now", now)
    monkeypatch.setattr(Chalice, "__call__", answered)


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, a request is in time. Tests of slowness have a clock of their
    own."""
    monkeypatch.setattr("chalicelib.deadline.clock", lambda: 0.0)


@pytest.fixture(autouse=True)
def roles(monkeypatch: pytest.MonkeyPatch, _moto: None, _no_account: None) -> Iterator[Watch]:
    """Whatever a test calls: a function asks of the table only what its role allows."""
    watch, called = Watch(), clients.client("dynamodb").meta.events
    watch.follow(monkeypatch)
    called.register("before-parameter-build.dynamodb", watch.note)
    yield watch
    called.unregister("before-parameter-build.dynamodb", watch.note)
    assert watch.refused == set(), "give it in chalicelib/kinds.py and in the role"


@pytest.fixture(scope="session")
def _moto() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.fixture
def dynamodb(_moto: None, _no_account: None) -> Iterator[Any]:
    """The functions' own client on moto, with the tables of infra/resources.yaml, empty."""
    client = clients.client("dynamodb")
    with fresh_tables(client, {TABLE: make_table, BALLOTS: make_ballots}):
        yield client


@pytest.fixture
def faulty() -> Iterator[Callable[[Any, dict[str, list[Any]]], Faults]]:
    """Faults on a client that other tests use as well."""
    made: list[Faults] = []

    def make(client: Any, plan: dict[str, list[Any]]) -> Faults:
        made.append(Faults(client, plan))
        return made[-1]

    yield make
    for faults in made:
        faults.heal()


def make_table(client: Any) -> None:
    names = ("PK", "SK", "list_pk", "list_sk", "due_shard", "due_at")
    client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
        KeySchema=_schema("PK", "SK"),
        GlobalSecondaryIndexes=[
            _index("listed", "list_pk", "list_sk", "ALL"),
            _index("due", "due_shard", "due_at", "KEYS_ONLY"),
        ],
    )


def make_ballots(client: Any) -> None:
    client.create_table(
        TableName=BALLOTS,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK")
        ],
        KeySchema=_schema("PK", "SK"),
    )


@pytest.fixture
def dynamo_table(dynamodb: Any) -> DynamoTable:
    return DynamoTable(dynamodb, TABLE)


def _schema(pk: str, sk: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": pk, "KeyType": "HASH"},
        {"AttributeName": sk, "KeyType": "RANGE"},
    ]


def _index(name: str, pk: str, sk: str, projection: str) -> dict[str, Any]:
    return {
        "IndexName": name,
        "KeySchema": _schema(pk, sk),
        "Projection": {"ProjectionType": projection},
    }


@pytest.fixture(autouse=True)
def _no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here may reach an account or an endpoint of the machine."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "HEED_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")


@pytest.fixture(scope="session")
def _services(_moto: None) -> None:
    make_services()


def make_services() -> None:
    secrets = boto3.client("secretsmanager", region_name="us-east-1")
    keys = {name: key.decode() for name, key in KEYS.keys.items()}
    for name, value in (
        ("token-keys", json.dumps({"active": "a", **keys})),
        ("person-key", "person key of these tests"),
        *((name, json.dumps(secrets)) for name, secrets in AT_FIRST.items()),
    ):
        secrets.create_secret(Name=name, SecretString=value)
    boto3.client("events", region_name="us-east-1").create_event_bus(Name="heed")
    ses = boto3.client("ses", region_name="us-east-1")
    ses.verify_email_identity(EmailAddress="feedback@example.com")
    ses.create_configuration_set(ConfigurationSet={"Name": "heed"})


@pytest.fixture
def heed(
    _no_account: None, _services: None, dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Heed]:
    """The app on moto: every route and handler as in app.py, with a key and a hook."""
    for variable, value in ENVIRONMENT.items():
        monkeypatch.setenv(variable, value)
    surveys_wiring.catalogue.cache_clear()
    ballots_wiring.ballot_keys.cache_clear()
    ballots_wiring.known_groups.cache_clear()
    pages_wiring.tries.cache_clear()
    members_wiring.tries.cache_clear()
    tally_wiring.shards.cache_clear()
    monkeypatch.setattr("chalicelib.take_snapshots.REST_S", 0)
    made = Heed()
    with Client(app, stage_name="aws") as client:
        made.http = client.http
        yield made
    restore_secrets()


@pytest.fixture
def log_lines(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Everything that is logged from here on, as it would reach CloudWatch."""
    lines = io.StringIO()
    for handler in logging.getLogger("heed-test").handlers or logger().handlers:
        monkeypatch.setattr(handler, "stream", lines)
    return lines
