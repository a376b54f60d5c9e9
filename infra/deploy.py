"""Deploys the packaged template to a stack, in the same way on AWS and on the emulator."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.errors import OperatorError
from infra.paths import PACKAGE, TEMPLATE


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

    def aws(self, *words: str) -> str:
        command = [sys.executable, "-m", "awscli", *words]
        if self.endpoint:
            command += ["--endpoint-url", self.endpoint]
        done = subprocess.run(command, env=os.environ, cwd=PACKAGE, capture_output=True, text=True)
        if done.returncode:
            raise OperatorError(
                f"aws {words[0]} {words[1]} failed:\n{done.stdout}{done.stderr}".strip()
            )
        return done.stdout


def deploy(target: Target, parameters: Mapping[str, str]) -> dict[str, str]:
    """Returns the stack's outputs."""
    _make_bucket(target)
    uploaded = str(PACKAGE / f"uploaded-{os.getpid()}.yaml")
    try:
        _upload(target, uploaded)
        _apply(target, uploaded, parameters)
    finally:
        Path(uploaded).unlink(missing_ok=True)
    return outputs(target)


def outputs(target: Target) -> dict[str, str]:
    found = target.client("cloudformation").describe_stacks(StackName=target.stack)
    return {output["OutputKey"]: output["OutputValue"] for output in found["Stacks"][0]["Outputs"]}


def _make_bucket(target: Target) -> None:
    from botocore.exceptions import ClientError

    try:
        target.client("s3").head_bucket(Bucket=target.bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] != "404":
            raise OperatorError(
                f"The artefact bucket {target.bucket} cannot be used: {error}"
            ) from error
        target.aws("s3", "mb", f"s3://{target.bucket}")


def _upload(target: Target, uploaded: str) -> None:
    target.aws(
        *("cloudformation", "package", "--template-file", str(TEMPLATE)),
        *("--s3-bucket", target.bucket, "--output-template-file", uploaded),
    )


def _apply(target: Target, uploaded: str, parameters: Mapping[str, str]) -> None:
    target.aws(
        *("cloudformation", "deploy", "--template-file", uploaded),
        *("--stack-name", target.stack, "--s3-bucket", target.bucket),
        *("--capabilities", "CAPABILITY_IAM", "--no-fail-on-empty-changeset"),
        *("--parameter-overrides", *(f"{name}={value}" for name, value in parameters.items())),
    )
