"""The door that a replay knocks at: the app's own routes, handed events as API Gateway makes
them, with the clock and the client's address of the scenario. Nothing in the app knows of
it: time, table and secrets are replaced from outside, in this process only."""

import base64
import gzip
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from app import app
from chalicelib import moments, wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.invitation import Invitation, Status
from chalicelib.invitations.person_store import PersonStore
from chalicelib.invitations.token import Link, Purpose, make_token
from chalicelib.networks import Network
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.judge import client
from chalicelib.responses.pages import wiring as pages_wiring
from chalicelib.responses.response import Response
from chalicelib.responses.store import ResponseStore
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.catalogue import Catalogue
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import Scale
from chalicelib.surveys.store import SurveyStore
from chalicelib.tally.tally import ALL
from tests.support.fakes import FakeTable
from tests.support.recount import tallied
from tests.support.samples import KEYS, invitation, put_invitation
from tests.support.ticks import release_due

DELIVERED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SCALES = {"nps_0_10": "nps", "csat_1_5": "csat", "smiley_3": "csat"}
NETWORKS = {
    "ms_scanner": Network.SCANNER,
    "security_vendor": Network.SCANNER,
    "cloud": Network.CLOUD,
}
RESOURCES = (
    ("/r/{token}/evidence", ("r", None, "evidence")),
    ("/r/{token}/{score}", ("r", None, None)),
    ("/r/{token}", ("r", None)),
    ("/u/{token}", ("u", None)),
)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: str


class Door:
    """One scenario's world. Times are seconds after delivery."""

    def __init__(self, scenario: dict[str, Any]) -> None:
        self.table = FakeTable()
        self.now = DELIVERED
        self.networks = {
            one["ip"]: NETWORKS.get(one["net_class"], Network.OTHER)
            for one in scenario["clients"].values()
        }
        self.survey = Survey(
            id="onetap",
            name="IT Help Desk",
            success="People get back to work within a day.",
            question="How likely are you to recommend the IT Help Desk?",
            audience="internal",
            team="IT Help Desk",
            counts="tap",
            scale=Scale(SCALES[scenario["invitation"]["scale"]]),
        )
        SurveyStore(self.table).put(self.survey)
        self.scenario = scenario
        self.invitations: dict[str | None, Invitation] = {}

    def invite(self, name: str | None = None) -> Invitation:
        """The scenario's invitation, or another one of that name."""
        if name not in self.invitations:
            asked = self.scenario["invitation"]
            made = invitation(
                name or "first",
                survey=self.survey.id,
                status=Status.SENT,
                created_at=DELIVERED,
                sent_at=DELIVERED,
                asked_day=DELIVERED.date().isoformat(),
                expires_at=DELIVERED + timedelta(seconds=asked["expires_after_s"]),
                posture=asked["mx_posture"],
                segments=(),
            )
            put_invitation(self.table, made)
            self.invitations[name] = made
        return self.invitations[name]

    def path(self, kind: str, score: int | None = None, name: str | None = None) -> str:
        """Where a link of that kind leads in our mail; what we have no link for leads to a
        path that the API does not know."""
        made = self.invite(name)
        link = Link(made.id, made.survey, made.expires_at)
        token = make_token(link, Purpose.ANSWER, "a", KEYS)
        paths = {
            "rate": f"/r/{token}/{score}",
            "confirm": f"/r/{token}",
            "change": f"/r/{token}",
            "comment": f"/r/{token}",
            "beacon": f"/r/{token}/evidence",
            "logo": f"/r/{token}",
            "trap": f"/r/{token}",
            "privacy": f"/r/{token}/promise",
        }
        if kind.startswith("unsub"):
            return f"/u/{make_token(link, Purpose.UNSUBSCRIBE, 'a', KEYS)}"
        return paths.get(kind, f"/{kind}")

    def send(
        self, method: str, path: str, headers: dict[str, str], body: bytes, ip: str, at: float
    ) -> Reply:
        found = _resource(path)
        if found is None:
            return Reply(404, {}, "")
        resource, parameters = found
        with self.world(at):
            answer = app(_event(method, path, resource, parameters, headers, body, ip), None)
        named = answer.get("headers", {}) | {
            name: values[-1] for name, values in answer.get("multiValueHeaders", {}).items()
        }
        return Reply(answer["statusCode"], named, _unpacked(answer, named))

    def tick(self, at: float) -> None:
        with self.world(at):
            release_due(
                self.table, self.now, lambda response: responses_wiring.settle(response, self.now)
            )

    def response(self, name: str | None = None) -> Response | None:
        return ResponseStore(self.table).find(self.invite(name).id)

    def tally(self) -> Counter[str]:
        """What the score reads, all days together."""
        counts: Counter[str] = Counter()
        for (_, segment, when), cell in tallied(self.table.items.values()).items():
            if segment == ALL and len(when) == len("2026-11-20"):
                counts.update(cell)
        return counts

    def is_unsubscribed(self) -> bool:
        return PersonStore(self.table).get(self.invite().person).unsubscribed

    @contextmanager
    def world(self, at: float) -> Iterator[None]:
        self.now = DELIVERED + timedelta(seconds=at)
        catalogue = Catalogue(SurveyStore(self.table), lambda: 0.0)
        with (
            patch.object(moments, "now", lambda: self.now),
            patch.object(wiring, "table", lambda: self.table),
            patch.object(surveys_wiring, "catalogue", lambda: catalogue),
            patch.object(invitations_wiring, "token_keys", lambda: KEYS),
            patch.object(invitations_wiring, "person_key", lambda: "person key of this replay"),
            patch.object(pages_wiring, "reply_to", lambda: "helpdesk@example.com"),
            patch.object(wiring, "pause", lambda attempt: None),
            patch.object(responses_wiring, "watch", lambda seen: None),
            patch.object(client, "network_of", self._network_of),
        ):
            yield

    def _network_of(self, address: str) -> Network:
        return self.networks.get(address, Network.OTHER)


def _unpacked(answer: dict[str, Any], headers: dict[str, str]) -> str:
    """The page as a browser has it, which the gateway gets in base64 when it is compressed."""
    if not answer.get("isBase64Encoded"):
        return str(answer.get("body", ""))
    assert headers.pop("Content-Encoding") == "gzip"
    return gzip.decompress(base64.b64decode(answer["body"])).decode()


def _resource(path: str) -> tuple[str, dict[str, str]] | None:
    parts = path.partition("?")[0].strip("/").split("/")
    for resource, pattern in RESOURCES:
        fits = len(parts) == len(pattern) and all(
            want in (None, part) for want, part in zip(pattern, parts, strict=True)
        )
        if fits:
            return resource, dict(zip(("", "token", "score"), parts, strict=False))
    return None


def _event(
    method: str,
    path: str,
    resource: str,
    parameters: dict[str, str],
    headers: dict[str, str],
    body: bytes,
    ip: str,
) -> dict[str, Any]:
    names = [name for name in parameters if f"{{{name}}}" in resource]
    return {
        "httpMethod": method,
        "path": path,
        "resource": resource,
        "pathParameters": {name: parameters[name] for name in names} or None,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "stageVariables": None,
        "body": base64.b64encode(body).decode() if body else None,
        "isBase64Encoded": bool(body),
        "requestContext": {
            "httpMethod": method,
            "resourcePath": resource,
            "identity": {"sourceIp": ip},
        },
    }
