"""Deploys the packaged template to a stack, in the same way on AWS and on the emulator."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from infra import artefacts
from infra.errors import OperatorError
from infra.releases import forget_versions, functions_of, name_release

RELEASE = "Release"
# What CloudFormation says of a change set that would change nothing.
NO_CHANGE = ("didn't contain changes", "No updates are to be performed")


@dataclass(frozen=True)
class Target:
    stack: str
    bucket: str
    endpoint: str | None = None

    def client(self, service: str, read_timeout: int = 60) -> Any:
        """`read_timeout` in seconds."""
        import boto3
        from botocore.config import Config

        # A call that lasts is not sent a second time.
        tries = {"retries": {"total_max_attempts": 1}} if read_timeout > 60 else {}
        config = Config(read_timeout=read_timeout, **tries)
        return boto3.client(service, endpoint_url=self.endpoint, config=config)


def deploy(target: Target, parameters: Mapping[str, str]) -> dict[str, str]:
    """Returns the stack's outputs. Raises OperatorError."""
    account = target.client("sts").get_caller_identity()["Account"]
    bucket = artefacts.Bucket(target.client("s3"), target.bucket, account)
    bucket.make_ready()
    before = _found(target.client("cloudformation"), target.stack)
    functions = functions_of(target.stack, target.client) if before else []
    values = _values(parameters, before)
    release = name_release(
        artefacts.fingerprint(),
        {name: value for name, value in values.items() if name != RELEASE},
        values[RELEASE],
        is_taken_back=any(function.taken_back for function in functions),
    )
    given = {**parameters, RELEASE: release}
    # What the stack keeps counts too: the emulator's SAM reads the defaults alone.
    usual = {name: value for name, value in {**values, RELEASE: release}.items() if value}
    _apply(target, bucket.upload(usual), given, before)
    forget_versions(target.client("lambda"), functions, functions_of(target.stack, target.client))
    return outputs(target)


def outputs(target: Target) -> dict[str, str]:
    found = target.client("cloudformation").describe_stacks(StackName=target.stack)
    return {output["OutputKey"]: output["OutputValue"] for output in found["Stacks"][0]["Outputs"]}


def _apply(
    target: Target, template: str, parameters: Mapping[str, str], before: Mapping[str, Any]
) -> None:
    """`template` is its address. Raises OperatorError."""
    from botocore.exceptions import WaiterError

    client, stack = target.client("cloudformation"), {"StackName": target.stack}
    made = client.create_change_set(
        **stack,
        ChangeSetName=f"heed-{time.time_ns()}",
        ChangeSetType="UPDATE" if before else "CREATE",
        TemplateURL=template,
        Parameters=_parameters(parameters, before),
        Capabilities=["CAPABILITY_IAM"],
    )
    named = stack | {"ChangeSetName": made["Id"]}
    try:
        client.get_waiter("change_set_create_complete").wait(
            **named, WaiterConfig={"Delay": 2, "MaxAttempts": 150}
        )
    except WaiterError as error:
        reason = str(error.last_response.get("StatusReason", error))
        client.delete_change_set(**named)
        if any(words in reason for words in NO_CHANGE):
            return
        raise OperatorError(f"CloudFormation refuses the template: {reason}") from error
    client.execute_change_set(**named)
    _wait(client, target.stack, "stack_update_complete" if before else "stack_create_complete")


def _wait(client: Any, stack: str, until: str) -> None:
    from botocore.exceptions import WaiterError

    try:
        client.get_waiter(until).wait(
            StackName=stack, WaiterConfig={"Delay": 2, "MaxAttempts": 1800}
        )
    except WaiterError as error:
        events = client.describe_stack_events(StackName=stack)["StackEvents"]
        failed = [
            f"{event['LogicalResourceId']}: {event['ResourceStatusReason']}"
            for event in events
            if "FAILED" in event["ResourceStatus"] and "ResourceStatusReason" in event
        ]
        raise OperatorError("\n".join([f"{stack} could not be deployed.", *failed])) from error


def _found(client: Any, stack: str) -> dict[str, Any]:
    """Empty when there is no such stack yet, or only a change set of one."""
    from botocore.exceptions import ClientError

    try:
        (found,) = client.describe_stacks(StackName=stack)["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            return {}
        raise
    return {} if found["StackStatus"] == "REVIEW_IN_PROGRESS" else dict(found)


def _values(given: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, str]:
    """Those that the stack will have. Raises OperatorError."""
    known = artefacts.read_template()["Parameters"]
    if unknown := ", ".join(sorted(set(given) - set(known))):
        raise OperatorError(
            f"This package takes no {unknown}. SnapStart needs Python 3.12 or later."
        )
    kept = {one["ParameterKey"]: one["ParameterValue"] for one in before.get("Parameters", [])}
    usual = {name: str(known[name].get("Default", "")) for name in known}
    return usual | {name: value for name, value in kept.items() if name in known} | dict(given)


def _parameters(given: Mapping[str, str], before: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The stack keeps its value of what is not given."""
    kept = {parameter["ParameterKey"] for parameter in before.get("Parameters", [])}
    known = set(artefacts.read_template()["Parameters"])
    return [
        *({"ParameterKey": name, "ParameterValue": value} for name, value in given.items()),
        *(
            {"ParameterKey": name, "UsePreviousValue": True}
            for name in sorted((kept & known) - set(given))
        ),
    ]
