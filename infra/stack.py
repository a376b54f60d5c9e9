"""Brings the local stack up and down, and keeps its facts: addresses and keys."""

import json
import os
import shlex
import shutil
import time
from contextlib import suppress

from infra import emulator
from infra.deploy import Target, deploy
from infra.errors import OperatorError
from infra.locks import exclusive
from infra.package import package
from infra.paths import LocalStack
from infra.private import write_private
from infra.progress import step

NAME = "heed"
MAIL_FROM = "feedback@example.com"
MAIL_REPLY_TO = "helpdesk@example.com"
# MiniStack reads a stream once a second. Records that were not read when it stops are lost.
DRAIN_SECONDS = 2.5

Facts = dict[str, str]


def is_up(stack: LocalStack) -> bool:
    return stack.facts.exists() and all(child.pid() for child in emulator.children(stack))


def read_facts(stack: LocalStack) -> Facts:
    try:
        facts: Facts = json.loads(stack.facts.read_text())
    except ValueError as error:
        raise OperatorError(
            f"{stack.facts} is damaged. make down, and then make up, writes it anew."
        ) from error
    return facts


def up(stack: LocalStack, with_parent: bool = False) -> tuple[Facts, bool]:
    """Gives the facts, and whether this call brought the stack up. `with_parent`: it stops when
    this process ends."""
    with exclusive(stack.home / "lock"):
        if is_up(stack):
            return read_facts(stack), False
        # A crash may have left processes behind.
        emulator.stop(stack)
        try:
            return _bring_up(stack, with_parent), True
        except BaseException:
            _take_down(stack)
            raise


def down(stack: LocalStack) -> bool:
    """True when there was something to stop."""
    with exclusive(stack.home / "lock"):
        if not any(child.pid() for child in emulator.children(stack)):
            _forget_facts(stack)
            return False
        if stack.facts.exists():
            with step("Waiting until the table's stream is read"):
                time.sleep(DRAIN_SECONDS)
        with step("Stopping"):
            _take_down(stack)
        return True


def _take_down(stack: LocalStack) -> None:
    emulator.stop(stack)
    _forget_facts(stack)
    shutil.rmtree(stack.home / "tmp", ignore_errors=True)


def _bring_up(stack: LocalStack, with_parent: bool) -> Facts:
    use_emulator(stack.endpoint)
    target = Target(NAME, "heed-artefacts", stack.endpoint)
    with step("Checking the ports"):
        emulator.refuse_busy_ports(stack)
    with step("Packaging the functions"):
        package()
    with step("Starting MiniStack and Sendria"):
        emulator.start(stack, with_parent)
    with step("Deploying the template"):
        outputs = _deploy(target)
    with step("Setting what MiniStack's CloudFormation does not set"):
        _finish_by_hand(target, outputs)
    with step("Seeding the demo: half a year of answers"):
        seeded = _seed(stack, outputs)
    emulator.save(stack)
    facts = _facts(stack, outputs, seeded)
    write_facts(stack, facts)
    return facts


def use_emulator(endpoint: str) -> None:
    """From here on this process calls only the emulator, never an AWS account."""
    for variable in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[variable]
    os.environ |= {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }


def api_address(endpoint: str, api_id: str) -> str:
    return f"{endpoint}/restapis/{api_id}/api/_user_request_"


def _deploy(target: Target) -> dict[str, str]:
    # Twice when the API is new: e-mails carry its address, and the address holds an id that the
    # first pass makes.
    address = _known_address(target)
    outputs = deploy(target, _parameters(address))
    found = api_address(target.endpoint or "", outputs["RestAPIId"])
    return outputs if found == address else deploy(target, _parameters(found))


def _known_address(target: Target) -> str:
    from botocore.exceptions import ClientError

    with suppress(ClientError):
        found = target.client("cloudformation").describe_stacks(StackName=target.stack)
        for output in found["Stacks"][0].get("Outputs", []):
            if output["OutputKey"] == "RestAPIId":
                return api_address(target.endpoint or "", output["OutputValue"])
    return ""


def _parameters(base_url: str) -> dict[str, str]:
    return {
        "Emulator": "yes",
        "BaseUrl": base_url,
        "MailFromAddress": MAIL_FROM,
        "MailReplyTo": MAIL_REPLY_TO,
    }


def _finish_by_hand(target: Target, outputs: dict[str, str]) -> None:
    table = outputs["TableName"]
    dynamodb = target.client("dynamodb")
    live = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    if live["TimeToLiveStatus"] != "ENABLED":
        dynamodb.update_time_to_live(
            TableName=table,
            TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires_at"},
        )
    dynamodb.update_continuous_backups(
        TableName=table, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    target.client("ses").verify_email_identity(EmailAddress=MAIL_FROM)


def _seed(stack: LocalStack, outputs: dict[str, str]) -> dict[str, str]:
    from infra.seed import seed

    kept = stack.kept_key
    seeded = seed(outputs, kept.read_text().strip() if kept.exists() else None)
    write_private(kept, seeded["key"] + "\n")
    return seeded


def _facts(stack: LocalStack, outputs: dict[str, str], seeded: dict[str, str]) -> Facts:
    api = api_address(stack.endpoint, outputs["RestAPIId"])
    return {
        "api": api,
        "app": f"{api}/app",
        "inbox": stack.inbox,
        "key": seeded["key"],
        "survey": seeded["survey"],
        "hook": f"{api}/v1/hooks/zendesk/{seeded['hook_id']}",
        "hook_secret": seeded["hook_secret"],
    }


def exports(facts: Facts) -> list[str]:
    """Lines for a shell. The survey is left out: make reads $SURVEY."""
    names = {"api": "API", "key": "KEY", "inbox": "INBOX", "hook": "HOOK_URL"}
    names |= {"hook_secret": "HOOK_SECRET"}
    return [f"export {names[fact]}={shlex.quote(facts[fact])}" for fact in names]


def write_facts(stack: LocalStack, facts: Facts) -> None:
    write_private(stack.exports, "\n".join(exports(facts)) + "\n")
    write_private(stack.facts, json.dumps(facts, indent=2) + "\n")


def _forget_facts(stack: LocalStack) -> None:
    for path in (stack.facts, stack.exports):
        path.unlink(missing_ok=True)
