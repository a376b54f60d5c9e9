"""What a deploy refuses before it touches anything."""

from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from infra import artefacts, deploy
from infra.deploy import Target
from infra.deploy_cli import _aws_parameters
from infra.errors import OperatorError


@pytest.fixture(autouse=True)
def packaged(
    _moto: None, _no_account: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Any:
    (tmp_path / "sam.yaml").write_text(
        "{Parameters: {Release: {Default: ''}, Emulator: {}}, Resources: {}}"
    )
    (tmp_path / "deployment.zip").write_bytes(b"a zip")
    monkeypatch.setattr(artefacts, "ZIP", tmp_path / "deployment.zip")
    monkeypatch.setattr(artefacts, "TEMPLATE", tmp_path / "sam.yaml")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-north-1")


@pytest.fixture
def target(monkeypatch: pytest.MonkeyPatch) -> Target:
    """Of a stack that is not there."""
    cloudformation = boto3.client("cloudformation")
    stub = Stubber(cloudformation)
    stub.add_client_error("describe_stacks", service_message="heed-test does not exist")
    stub.activate()
    made = Target.client

    def client(target: Target, service: str) -> Any:
        return cloudformation if service == "cloudformation" else made(target, service)

    monkeypatch.setattr(Target, "client", client)
    return Target("heed-test", "heed-artefacts-of-a-deploy")


def test_snap_start_is_refused_where_the_package_is_for_an_older_python(target: Target) -> None:
    with pytest.raises(OperatorError, match=r"takes no SnapStart.*3\.12"):
        deploy.deploy(target, {"Emulator": "no", "SnapStart": "yes"})
    assert "Contents" not in boto3.client("s3").list_objects_v2(Bucket=target.bucket)


def test_the_operator_says_how_to_shift_and_whether_to_snap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert {"Shift", "SnapStart"} & set(_aws_parameters()) == set()
    monkeypatch.setenv("HEED_SHIFT", "no")
    monkeypatch.setenv("HEED_SNAP_START", "yes")
    assert {"Shift": "no", "SnapStart": "yes"}.items() <= _aws_parameters().items()
