"""The recorded deliveries of tests/data/inbound, and others made of them."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib.helpdesks import registry
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.signatures import (
    WINDOW,
    Delivery,
    Hmac,
    secret_itself,
    standard_webhooks,
)
from chalicelib.helpdesks.source import Source

HOME = Path(__file__).parents[1] / "data/inbound"
API = "https://ingest.example.com"
NOW = datetime(2026, 11, 20, 13, 45, 11, tzinfo=UTC)


class Sample(Struct, frozen=True):
    """`signed`: its bytes are signed; otherwise the secret itself is sent. `at` is when."""

    name: str
    source: str
    address: str
    secret: str
    signed: bool
    headers: Mapping[str, str]
    raw: bytes
    result: str
    reason: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    expected: Mapping[str, Any] | None = None
    at: datetime = NOW

    @property
    def url(self) -> str:
        return self.address + (f"?{urlencode(self.query)}" if self.query else "")

    @property
    def desk(self) -> Source:
        return found(self.source)

    def delivery(self) -> Delivery:
        return Delivery(self.raw, self.headers, self.query, address=lambda: self.url)

    def places(self) -> list[Place]:
        top = self.desk.read(self.raw)
        return [Place(item, item, self.headers) for item in (top if self.desk.many else [top])]


def samples() -> list[Sample]:
    return [read(path) for path in sorted(HOME.glob("*.json"))]


def sample(name: str) -> Sample:
    return read(HOME / f"{name}.json")


def found(source: str) -> Source:
    known = registry.find(source)
    assert known, source
    return known


def resigned(of: Sample, raw: bytes | None = None, secret: str | None = None) -> Sample:
    """The same delivery with another body or secret, signed as its tool does."""
    changed = replace(of, raw=of.raw if raw is None else raw, secret=secret or of.secret)
    return replace(changed, headers={**of.headers, **headers_of(changed)})


class Signing(Struct, frozen=True):
    """The headers with the signature and with the time that is signed, which is empty if none is;
    and for how long it is taken."""

    signature: str
    time: str
    window: timedelta


def signing(of: Sample) -> Signing:
    scheme = next(each for each in of.desk.signed if each is not secret_itself)
    if scheme is standard_webhooks:
        return Signing("webhook-signature", "webhook-timestamp", WINDOW)
    assert isinstance(scheme, Hmac)
    return Signing(scheme.header, scheme.time, scheme.window)


def headers_of(of: Sample) -> dict[str, str]:
    if not of.signed:
        return {"authorization": f"Bearer {of.secret}"}
    scheme = next(each for each in of.desk.signed if each is not secret_itself)
    if scheme is standard_webhooks:
        return _standard(of)
    assert isinstance(scheme, Hmac)
    time = _time(of.at, scheme.clock) if scheme.time else ""
    signature = scheme.sign(scheme.over(of.delivery(), time.encode()), of.secret)
    return {scheme.header: signature} | ({scheme.time: time} if scheme.time else {})


def _standard(of: Sample) -> dict[str, str]:
    from standardwebhooks.webhooks import hmac_data

    time = str(int(of.at.timestamp()))
    key = base64.b64decode(of.secret.removeprefix("whsec_"))
    # The library signs text only.
    signed = f"{of.headers['webhook-id']}.{time}.".encode() + of.raw
    digest = hmac_data(key, signed)
    return {
        "webhook-timestamp": time,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def _time(at: datetime, clock: str) -> str:
    if clock == "iso":
        return at.isoformat().replace("+00:00", "Z")
    return str(int(at.timestamp()) * (1000 if clock == "ms" else 1))


def read(path: Path) -> Sample:
    told = json.loads(path.read_text())
    raw = told["raw"] if "raw" in told else json.dumps(told["body"])
    return Sample(
        name=path.stem,
        source=told["source"],
        address=told.get("address", f"{API}/v1/hooks/{told['source']}/ten_01"),
        secret=told["secret"],
        signed=told["signed"],
        headers=told["headers"],
        raw=raw.encode(),
        result=told.get("result", "accepted"),
        reason=told.get("reason", ""),
        query=told.get("query", {}),
        expected=told.get("expected"),
        at=_moment(told["signed_at"]) if "signed_at" in told else NOW,
    )


def _moment(text: str) -> datetime:
    if text.isdigit():
        return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC)
    return datetime.fromisoformat(text)
