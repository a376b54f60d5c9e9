"""The bucket where CloudFormation finds the zip and the template. Its name can be guessed, so it
may be a stranger's: every call names the account that has to own it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from infra.errors import OperatorError
from infra.paths import TEMPLATE, ZIP

BLOCKED = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
CODE = f"./{ZIP.name}"


@dataclass(frozen=True)
class Bucket:
    """`s3` is boto3's client."""

    s3: Any
    name: str
    account: str

    def make_ready(self) -> None:
        """Made if absent, and closed again if it is there: it may be of an earlier release.
        Raises OperatorError."""
        from botocore.exceptions import ClientError

        try:
            self._call("head_bucket")
        except ClientError as error:
            if error.response["Error"]["Code"] != "404":
                raise OperatorError(
                    f"The artefact bucket {self.name} is not of account {self.account}, or may"
                    f" not be used: {error}"
                ) from error
            self.s3.create_bucket(Bucket=self.name, **_place(self.s3.meta.region_name))
        self._close()

    def upload(self, parameters: Mapping[str, str]) -> str:
        """The zip, and the template that names it. Gives the template's address."""
        bundle = self._put(ZIP.read_bytes(), ".zip")
        template = _filled_in(parameters, f"s3://{self.name}/{bundle}")
        named = self._put(json.dumps(template).encode(), ".json")
        region = self.s3.meta.region_name
        domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
        return f"https://s3.{region}.{domain}/{self.name}/{named}"

    def _put(self, body: bytes, ending: str) -> str:
        key = f"{hashlib.sha256(body).hexdigest()}{ending}"
        self._call("put_object", Key=key, Body=body)
        return key

    def _close(self) -> None:
        blocked = dict.fromkeys(BLOCKED, True)
        self._call("put_public_access_block", PublicAccessBlockConfiguration=blocked)
        encrypted = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
        self._call(
            "put_bucket_encryption", ServerSideEncryptionConfiguration={"Rules": [encrypted]}
        )
        self._call("put_bucket_policy", Policy=json.dumps(self._over_tls_only()))

    def _over_tls_only(self) -> dict[str, Any]:
        arn = f"arn:{self.s3.meta.partition}:s3:::{self.name}"
        refused = {
            "Sid": "OverTlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [arn, f"{arn}/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
        return {"Version": "2012-10-17", "Statement": [refused]}

    def _call(self, operation: str, **parameters: Any) -> Any:
        return getattr(self.s3, operation)(
            Bucket=self.name, ExpectedBucketOwner=self.account, **parameters
        )


def fingerprint() -> str:
    """Of the zip and the template."""
    return hashlib.sha256(ZIP.read_bytes() + TEMPLATE.read_bytes()).hexdigest()


def read_template() -> dict[str, Any]:
    """As it was packaged. In C: in Python alone it is a third of a second, each time."""
    found: dict[str, Any] = yaml.load(TEMPLATE.read_text(), yaml.CSafeLoader)
    return found


def _filled_in(parameters: Mapping[str, str], code: str) -> dict[str, Any]:
    # SAM decides by parameters what it publishes, and MiniStack tells it the defaults only.
    template = read_template()
    for name, value in parameters.items():
        template["Parameters"][name]["Default"] = value
    for resource in template["Resources"].values():
        if resource.get("Properties", {}).get("CodeUri") == CODE:
            resource["Properties"]["CodeUri"] = code
    return template


def _place(region: str) -> dict[str, Any]:
    # S3 refuses the name of its oldest region.
    constraint = {"LocationConstraint": region}
    return {} if region == "us-east-1" else {"CreateBucketConfiguration": constraint}
