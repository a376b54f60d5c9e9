"""A stack's data goes through files into a table that was there before, and the stack is deployed
anew with that table: what a restore is, but for the restore itself."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from infra.deploy import Target, deploy
from infra.restored import parameters_of
from infra.seed import DEMO_SCOPES
from tests.conftest import ROOT, Stack, bring_up
from tests.support.outside import Outside, open_page, press_send, until

pytestmark = pytest.mark.slow

TABLE = "heed-restored"
LOOKS = ("scores?interval=day", "responses?limit=100", "causes", "judged")


def command(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "infra.cli", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def answer(outside: Outside, survey: str) -> None:
    """Happy and unhappy, with words, and a task for the unhappy one."""
    for ticket, score in (("M-1", 10), ("M-2", 2)):
        _, links = outside.links_for(survey, ticket)
        press_send(links[score], open_page(links[score]).text, score, f"said {ticket}")
    until(lambda: "M-2" in outside.api("GET", "/v1/tasks?limit=100").text, what="the task")


def shown(outside: Outside, survey: str) -> dict[str, Any]:
    paths = [*(f"/v1/surveys/{survey}/{look}" for look in LOOKS), "/v1/tasks?limit=100"]
    said = {path: outside.api("GET", path).json for path in paths}
    for body in said.values():
        body.pop("as_of", None)
    return said


def differing(now: Any, before: Any) -> list[Any]:
    """Names and values, so that a failure says what and not only that."""
    if isinstance(now, list) and len(now) == len(before):
        return [one for pair in zip(now, before, strict=True) for one in differing(*pair)]
    if isinstance(now, dict) and isinstance(before, dict):
        names = sorted((now.keys() | before.keys()) - {"next"})
        found = [(name, differing(now.get(name), before.get(name))) for name in names]
        return [one for one in found if one[1]]
    return [] if now == before else [(now, before)]


def make_table(client: Any, like: str) -> None:
    """With what the commands of docs/operations.md give to a restored table."""
    own = client.describe_table(TableName=like)["Table"]
    indexes = [
        {name: index[name] for name in ("IndexName", "KeySchema", "Projection")}
        for index in own["GlobalSecondaryIndexes"]
    ]
    client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=own["AttributeDefinitions"],
        KeySchema=own["KeySchema"],
        GlobalSecondaryIndexes=indexes,
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        DeletionProtectionEnabled=True,
    )
    live = {"Enabled": True, "AttributeName": "expires_at"}
    client.update_time_to_live(TableName=TABLE, TimeToLiveSpecification=live)
    recovery = {"PointInTimeRecoveryEnabled": True}
    client.update_continuous_backups(TableName=TABLE, PointInTimeRecoverySpecification=recovery)


def use_table(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    target = Target("heed", "heed-artefacts", stack.endpoint)
    deploy(target, parameters_of(target, TABLE))


def test_a_stack_goes_on_with_a_table_that_was_brought_in(
    home: Path,
    environment: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stack = bring_up(home, environment)
    before_move = Outside(stack)
    answer(before_move, stack.survey)
    before = shown(before_move, stack.survey)
    folder = str(tmp_path / "export")
    command(environment, "export", "--to", folder)
    make_table(stack.aws("dynamodb"), like=stack.outputs["TableName"])
    command(environment, "import", "--from", folder, "--table", TABLE)
    command(environment, "late", "--table", TABLE)
    use_table(stack, monkeypatch)

    assert stack.outputs["TableName"] == TABLE
    scopes = ",".join(DEMO_SCOPES)
    key = command(environment, "key", "--name", "moved", "--scopes", scopes).strip()
    after = Outside(replace(stack, key=key))
    now = shown(after, stack.survey)
    for path, said in before.items():
        assert differing(now[path], said) == [], path
    path = f"/v1/surveys/{stack.survey}/invitations"
    assert after.api("POST", path, {"email": "new@example.com"}).status == 201
    after.wait_for_mails("new@example.com")
    command(environment, "sweep")
    command(environment, "recount", "--check")
