"""The artefact bucket is ours, closed, and every call says whose it has to be."""

import json
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from moto.core import DEFAULT_ACCOUNT_ID

from chalicelib import ids
from infra import artefacts
from infra.artefacts import Bucket
from infra.errors import OperatorError


@pytest.fixture
def s3(_moto: None, _no_account: None) -> Any:
    return boto3.client("s3", region_name="eu-north-1")


@pytest.fixture
def bucket(s3: Any) -> Bucket:
    return Bucket(s3, f"heed-artefacts-{ids.new_id().lower()}", DEFAULT_ACCOUNT_ID)


@pytest.fixture(autouse=True)
def packaged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "deployment.zip").write_bytes(b"a zip")
    (tmp_path / "sam.yaml").write_text(
        "Resources: {Api: {Properties: {CodeUri: ./deployment.zip}}, Heed: {Type: 'A::Table'}}\n"
        "Parameters: {Release: {Default: ''}, Docs: {Default: 'yes'}}\n"
    )
    monkeypatch.setattr(artefacts, "ZIP", tmp_path / "deployment.zip")
    monkeypatch.setattr(artefacts, "TEMPLATE", tmp_path / "sam.yaml")


@pytest.fixture
def calls(s3: Any) -> list[tuple[str, Any]]:
    """Operations and their parameters."""
    made: list[tuple[str, Any]] = []
    s3.meta.events.register(
        "provide-client-params.s3", lambda params, model, **_: made.append((model.name, params))
    )
    return made


def test_every_call_names_the_account_that_owns_the_bucket(
    s3: Any, bucket: Bucket, calls: Any
) -> None:
    for _ in range(2):
        bucket.make_ready()
        # moto refuses whatever a Deny names, also over TLS.
        s3.delete_bucket_policy(Bucket=bucket.name)
        bucket.upload({})
    calls[:] = [call for call in calls if call[0] != "DeleteBucketPolicy"]
    owners = {name: sent.get("ExpectedBucketOwner") for name, sent in calls}
    assert owners.pop("CreateBucket") is None
    assert len(owners) == 5
    assert set(owners.values()) == {DEFAULT_ACCOUNT_ID}


@pytest.mark.parametrize("status", [400, 403, 301])
def test_a_stranger_s_bucket_gets_nothing(s3: Any, bucket: Bucket, status: int) -> None:
    with Stubber(s3) as stub:
        stub.add_client_error(
            "head_bucket",
            str(status),
            http_status_code=status,
            expected_params={"Bucket": bucket.name, "ExpectedBucketOwner": DEFAULT_ACCOUNT_ID},
        )
        with pytest.raises(OperatorError, match=bucket.name):
            bucket.make_ready()
        stub.assert_no_pending_responses()


@pytest.mark.parametrize("there_before", [True, False])
def test_it_is_closed_to_the_public_encrypted_and_over_tls_only(
    s3: Any, bucket: Bucket, there_before: bool
) -> None:
    if there_before:
        place = {"LocationConstraint": "eu-north-1"}
        s3.create_bucket(Bucket=bucket.name, CreateBucketConfiguration=place)
    bucket.make_ready()
    blocked = s3.get_public_access_block(Bucket=bucket.name)["PublicAccessBlockConfiguration"]
    assert set(blocked.values()) == {True}
    assert len(blocked) == 4
    (rule,) = s3.get_bucket_encryption(Bucket=bucket.name)["ServerSideEncryptionConfiguration"][
        "Rules"
    ]
    assert rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    (refused,) = json.loads(s3.get_bucket_policy(Bucket=bucket.name)["Policy"])["Statement"]
    assert (refused["Effect"], refused["Action"]) == ("Deny", "s3:*")
    assert refused["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert refused["Resource"] == [f"arn:aws:s3:::{bucket.name}", f"arn:aws:s3:::{bucket.name}/*"]


def test_the_template_names_the_zip_by_its_content(s3: Any, bucket: Bucket) -> None:
    bucket.make_ready()
    s3.delete_bucket_policy(Bucket=bucket.name)
    template = uploaded(s3, bucket, {})
    assert template["Resources"]["Heed"] == {"Type": "A::Table"}
    code = template["Resources"]["Api"]["Properties"]["CodeUri"]
    place = code.removeprefix(f"s3://{bucket.name}/")
    assert s3.get_object(Bucket=bucket.name, Key=place)["Body"].read() == b"a zip"


def uploaded(s3: Any, bucket: Bucket, parameters: dict[str, str]) -> Any:
    address = bucket.upload(parameters)
    key = address.removeprefix(f"https://s3.eu-north-1.amazonaws.com/{bucket.name}/")
    return json.loads(s3.get_object(Bucket=bucket.name, Key=key)["Body"].read())


def test_the_template_has_this_deploy_s_values_as_defaults(s3: Any, bucket: Bucket) -> None:
    bucket.make_ready()
    s3.delete_bucket_policy(Bucket=bucket.name)
    found = uploaded(s3, bucket, {"Release": "0abc"})["Parameters"]
    assert {name: told["Default"] for name, told in found.items()} == {
        "Release": "0abc",
        "Docs": "yes",
    }


def test_the_fingerprint_is_of_the_zip_and_of_the_template(tmp_path: Path) -> None:
    seen = {artefacts.fingerprint()}
    for name in ("deployment.zip", "sam.yaml"):
        (tmp_path / name).write_bytes(b"another")
        seen.add(artefacts.fingerprint())
    assert len(seen) == 3
