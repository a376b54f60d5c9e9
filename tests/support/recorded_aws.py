"""AWS and the DNS as recorded answers. Those of AWS are held to its own models of the calls."""

import json
import re
from datetime import datetime
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse
from botocore.validate import validate_parameters
from dns import rdata
from dns.exception import Timeout
from dns.resolver import NoAnswer

from tests.conftest import ROOT

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z")


class RecordedAws:
    """`answers` are by service and call. One that is a text is the code of an error."""

    identity = "example.com"

    def __init__(self) -> None:
        self.answers: Any = json.loads((ROOT / "tests/data/doctor/healthy.json").read_text())
        self.resolver = RecordedDns(self.answers["dns"])

    def client(self, service: str) -> Any:
        made = boto3.client(service, region_name="eu-north-1")
        made.meta.events.register_first("before-call", self._answer)
        return made

    def _answer(self, model: Any, params: Any, **_: Any) -> Any:
        found = self.answers[model.service_model.service_name][model.name]
        if model.name == "GetEmailIdentity" and not params["url_path"].endswith(
            f"/{self.identity}"
        ):
            found = "NotFoundException"
        if isinstance(found, str):
            error = {"Code": found, "Message": f"{found}: Stack does not exist"}
            return AWSResponse("", 400, {}, None), {"Error": error, "ResponseMetadata": {}}
        answer = _with_moments(found)
        validate_parameters(answer, model.output_shape)
        return AWSResponse("", 200, {}, None), answer | {"ResponseMetadata": {}}


class RecordedDns:
    """As dnspython's resolver. `is_silent`: it never answers."""

    is_silent = False

    def __init__(self, records: Any) -> None:
        self.records = records

    def resolve(self, name: str, kind: str, search: bool, lifetime: float) -> list[Any]:
        if self.is_silent:
            raise Timeout
        found = self.records[kind].get(name.rstrip("."), [])
        if not found:
            raise NoAnswer
        return [rdata.from_text("IN", kind, _quoted(text, kind)) for text in found]


def _quoted(text: str, kind: str) -> str:
    return json.dumps(text) if kind == "TXT" else text


def _with_moments(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_moments(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_moments(part) for part in value]
    is_moment = isinstance(value, str) and MOMENT.fullmatch(value)
    return datetime.fromisoformat(value) if is_moment else value
