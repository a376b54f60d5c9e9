"""Opens pages, reports from one and sends its form in a fresh process, with AWS answering from
memory; prints the statuses and what was imported, made and loaded after the function had started.
For test_cold_start.py."""

import json
import os
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ |= {
    "HEED_TABLE": "heed",
    "HEED_TOKEN_KEYS": "token-keys",
    "HEED_PERSON_KEY": "person-key",
    "AWS_DEFAULT_REGION": "eu-north-1",
    "AWS_ACCESS_KEY_ID": "made-up",
    "AWS_SECRET_ACCESS_KEY": "made-up",
    "POWERTOOLS_SERVICE_NAME": "heed-test",
    "POWERTOOLS_METRICS_NAMESPACE": "Heed",
}

from chalicelib import render

render.TEMPLATES = Path(sys.argv[1])

import app  # noqa: E402

started = set(sys.modules)

from urllib.parse import urlencode  # noqa: E402

from botocore.awsrequest import AWSResponse  # noqa: E402
from botocore.session import Session  # noqa: E402
from jinja2 import FileSystemLoader  # noqa: E402

from chalicelib import ids, keys  # noqa: E402
from chalicelib.aws import clients  # noqa: E402
from chalicelib.aws.table import pack  # noqa: E402
from chalicelib.invitations.invitation import Invitation, Status  # noqa: E402
from chalicelib.invitations.items import to_item  # noqa: E402
from chalicelib.invitations.token import Link, Purpose, TokenKeys, make_token  # noqa: E402

KEY = "k" * 32
NOW = datetime.now(UTC)
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/154.0.0.0"
SURVEY = {  # as it is stored
    "id": "it-help-desk",
    "name": "IT Help Desk",
    "success": "Four of five would recommend us.",
    "question": "How likely are you to recommend us?",
    "audience": "internal",
    "team": "IT Help Desk",
}
INVITATION = Invitation(
    id=ids.derived_id("first"),
    survey=SURVEY["id"],
    person=ids.derived_id("person"),
    email="somebody@example.com",
    name=None,
    ticket=None,
    segments=(),
    status=Status.SENT,
    created_at=NOW - timedelta(hours=1),
    expires_at=NOW + timedelta(days=30),
    key_id="a",
    sent_at=NOW - timedelta(hours=1),
    asked_day=NOW.date().isoformat(),
)
visit: dict[str, object] = {}


class Raw:
    def __init__(self, body: bytes) -> None:
        self.body = body

    def stream(self, **_: object) -> list[bytes]:
        return [self.body]


def answer(request: object, **_: object) -> AWSResponse:
    operation = request.headers["X-Amz-Target"].decode().rpartition(".")[2]  # type: ignore[attr-defined]
    asked = json.loads(request.body)  # type: ignore[attr-defined]
    body = json.dumps(OPERATIONS[operation](asked)).encode()
    return AWSResponse(request.url, 200, {}, Raw(body))  # type: ignore[attr-defined]


def note(asked: dict[str, object]) -> dict[str, object]:
    names: dict[str, str] = asked["ExpressionAttributeNames"]  # type: ignore[assignment]
    values: dict[str, object] = asked["ExpressionAttributeValues"]  # type: ignore[assignment]
    visit[names["#n0"]] = values[":v0"]
    return {"Attributes": visit}


def found_in(asked: dict[str, object]) -> dict[str, object]:
    """The survey comes with the brand, of which there is none."""
    is_survey = "SURVEY#" in json.dumps(asked)
    return keys.survey(str(SURVEY["id"])).as_item() | SURVEY if is_survey else to_item(INVITATION)


OPERATIONS = {
    "GetSecretValue": lambda asked: {
        "Name": asked["SecretId"],
        "SecretString": json.dumps({"active": "a", "a": KEY})
        if asked["SecretId"] == "token-keys"
        else "a person's key",
    },
    "GetItem": lambda asked: {"Item": pack(SURVEY)},
    "BatchGetItem": lambda asked: {"Responses": {"heed": [pack(found_in(asked))]}},
    "UpdateItem": note,
    "TransactWriteItems": lambda asked: {},
}


def event(method: str, path: str, resource: str, body: str | None = None) -> dict[str, object]:
    parts = path.split("/")
    return {
        "httpMethod": method,
        "path": path,
        "resource": resource,
        "pathParameters": {"token": parts[2], "score": parts[-1]},
        "headers": {"user-agent": AGENT, "content-type": "application/x-www-form-urlencoded"},
        "multiValueHeaders": {},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "stageVariables": None,
        "body": body,
        "isBase64Encoded": False,
        "requestContext": {
            "httpMethod": method,
            "resourcePath": resource,
            "identity": {"sourceIp": "127.0.0.1"},
        },
    }


def noted(owner: type, name: str) -> list[str]:
    """What the method is called with from now on."""
    calls: list[str] = []
    method = getattr(owner, name)

    def noting(self: object, *arguments: object, **named: object) -> object:
        calls.append(str(named.get("service_name") or arguments))
        return method(self, *arguments, **named)

    setattr(owner, name, noting)
    return calls


def main() -> None:
    clients_made = noted(Session, "create_client")
    loaded = noted(FileSystemLoader, "load")
    for service in ("dynamodb", "secretsmanager"):
        clients.client(service).meta.events.register(f"before-send.{service}", answer)
    link = Link(INVITATION.id, SURVEY["id"], INVITATION.expires_at)
    token = make_token(link, Purpose.ANSWER, "a", TokenKeys("a", {"a": KEY.encode()}))
    page = app.app(event("GET", f"/r/{token}/9", "/r/{token}/{score}"), None)
    nonce = re.search(r'name="nonce" value="([^"]+)"', page["body"])
    assert nonce
    scale = app.app(event("GET", f"/r/{token}", "/r/{token}"), None)
    report = {"nonce": nonce[1], "type": "dwell", "visibility": "visible", "webdriver": False}
    seen = json.dumps(report | {"gesture": {"type": "touch", "n": 2}})
    told = app.app(event("POST", f"/r/{token}/evidence", "/r/{token}/evidence", seen), None)
    form = urlencode({"score": 9, "nonce": nonce[1], "comment": "Well done.", "trusted": "1"})
    sent = app.app(event("POST", f"/r/{token}", "/r/{token}", form), None)
    ours = {"__main__", "chalicelib.invitations.items"}
    imported = sorted(set(sys.modules) - started - ours)
    statuses = [answered["statusCode"] for answered in (page, scale, told, sent)]
    late = {"imported": imported, "clients": clients_made, "templates": loaded}
    print(json.dumps({"statuses": statuses, **late}))


main()
