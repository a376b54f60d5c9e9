"""Zendesk's trigger webhook: the JSON body that docs/zendesk.md tells an admin to paste.

Signature: base64(HMAC-SHA256(secret, timestamp + raw body)), nothing in between
(developer.zendesk.com/documentation/webhooks/verifying).
"""

import base64
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict

from chalicelib import moments
from chalicelib.errors import BadRequest, Unauthenticated
from chalicelib.helpdesks.language_names import language_named
from chalicelib.invitations.ask import Request
from chalicelib.invitations.fields import Address, Fact, NamedFact
from chalicelib.invitations.invitation import Ticket

SOURCE = "zendesk"
WANTED_EVENT = "ticket.solved"
SIGNATURE = "x-zendesk-webhook-signature"
TIMESTAMP = "x-zendesk-webhook-signature-timestamp"
DELIVERY = "x-zendesk-webhook-invocation-id"
WINDOW = timedelta(minutes=5)  # as Svix and Standard Webhooks


class ZendeskTicket(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: NamedFact
    subject: Fact = ""
    url: Fact = ""
    updated_at: Fact = ""


class ZendeskRequester(BaseModel):
    model_config = ConfigDict(extra="ignore")

    email: Address
    name: Fact = ""
    language: Fact = ""


class ZendeskTrigger(BaseModel):
    model_config = ConfigDict(extra="ignore")

    event: Fact = WANTED_EVENT
    ticket: ZendeskTicket
    requester: ZendeskRequester
    group: Fact = ""
    organization: Fact = ""

    def request(self) -> Request:
        return Request(
            email=self.requester.email,
            name=self.requester.name or None,
            ticket=Ticket(
                SOURCE,
                self.ticket.id,
                self.ticket.subject or None,
                self.ticket.url if self.ticket.url.startswith("https://") else None,
            ),
            facts={"group": self.group, "organization": self.organization},
            locale=language_named(self.requester.language),
        )


def verify(
    raw: bytes, headers: Mapping[str, str], hook_secrets: Sequence[str], now: datetime
) -> datetime:
    """Gives the time that was signed. Raises Unauthenticated."""
    timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    # A hook has several secrets while one is replaced by another.
    expected = [_signature(secret, timestamp, raw) for secret in hook_secrets]
    matches = [hmac.compare_digest(wanted, signature.encode()) for wanted in expected]
    if not any(matches):
        raise Unauthenticated("signature_invalid")
    try:
        signed_at = moments.from_text(timestamp)
    except ValueError as error:
        raise Unauthenticated("timestamp_invalid") from error
    if abs(now - signed_at) > WINDOW:
        raise Unauthenticated("timestamp_stale")
    return signed_at


def parse(raw: bytes) -> dict[str, Any]:
    """Raises BadRequest."""
    try:
        # Zendesk does not escape a line break in a subject, so control characters are let in.
        body = json.loads(raw, strict=False)
    except (ValueError, RecursionError) as error:
        raise BadRequest("not_json", "The body is not JSON.") from error
    if not isinstance(body, dict):
        raise BadRequest("not_an_object", "The body is not a JSON object.")
    return body


def _signature(secret: str, timestamp: str, raw: bytes) -> bytes:
    digest = hmac.digest(secret.encode(), timestamp.encode() + raw, "sha256")
    return base64.b64encode(digest)
