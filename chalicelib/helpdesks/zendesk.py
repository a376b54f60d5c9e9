"""Zendesk's trigger webhook: the JSON body that docs/zendesk.md tells an admin to paste.

Signature: base64(HMAC-SHA256(secret, timestamp + raw body)), nothing in between
(developer.zendesk.com/documentation/webhooks/verifying).
"""

import base64
import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from chalicelib import moments
from chalicelib.errors import BadRequest, Unauthenticated
from chalicelib.helpdesks.language_names import language_named
from chalicelib.invitations.ask import Request
from chalicelib.invitations.fields import Address, Fact, NamedFact, address
from chalicelib.invitations.invitation import Ticket
from chalicelib.strict_json import read_strict_json

SOURCE = "zendesk"
WANTED_EVENT = "ticket.solved"
SIGNATURE = "x-zendesk-webhook-signature"
TIMESTAMP = "x-zendesk-webhook-signature-timestamp"
DELIVERY = "x-zendesk-webhook-invocation-id"
WINDOW = timedelta(minutes=5)  # Svix and Standard Webhooks take the same
# What Liquid's filter `escape` writes.
ESCAPED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}


def unescape(value: object) -> object:
    """A text as it was before the placeholder's filter `escape`."""
    if not isinstance(value, str):
        return value
    return re.sub("|".join(ESCAPED), lambda found: ESCAPED[found[0]], value)


Text = Annotated[Fact, BeforeValidator(unescape)]
# Templates hold them, so they are known.
Dropped = Annotated[Any, Field(description="Taken and dropped.")]


class ZendeskTicket(BaseModel):
    # A text that gets out of its quotes adds a key of its own: what is not known is refused.
    model_config = ConfigDict(extra="forbid")

    id: NamedFact
    subject: Text = ""
    url: Fact = ""
    updated_at: Fact = ""
    brand: Dropped = None
    channel: Dropped = None
    created_at: Dropped = None
    external_id: Dropped = None
    priority: Dropped = None
    status: Dropped = None
    tags: Dropped = None
    type: Dropped = None
    via: Dropped = None


class ZendeskRequester(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: Address
    name: Text = ""
    language: Fact = ""
    external_id: Dropped = None
    first_name: Dropped = None
    last_name: Dropped = None


def _address_or_none(value: object) -> str | None:
    """A ticket may have no assignee; that keeps nobody from being asked."""
    try:
        return address(value)
    except ValueError:
        return None


class ZendeskAssignee(BaseModel):
    model_config = ConfigDict(extra="ignore")

    email: Annotated[str | None, BeforeValidator(_address_or_none)] = None


def _assignee(value: object) -> object:
    return value if isinstance(value, dict) else {}


class ZendeskTrigger(BaseModel):
    model_config = ConfigDict(extra="ignore")

    event: Fact = WANTED_EVENT
    ticket: ZendeskTicket
    requester: ZendeskRequester
    group: Text = ""
    organization: Text = ""
    assignee: Annotated[ZendeskAssignee, BeforeValidator(_assignee)] = ZendeskAssignee()

    def request(self, hook_id: str) -> Request:
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
            hook=hook_id,
            served_by=self.assignee.email,
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
    """Zendesk renders a line break in a subject as it is, so control characters pass. Raises
    BadRequest."""
    try:
        body = read_strict_json(raw, strict=False)
    except (ValueError, RecursionError) as error:
        raise BadRequest("not_json", "The body is not JSON.") from error
    if not isinstance(body, dict):
        raise BadRequest("not_an_object", "The body is not a JSON object.")
    return body


def _signature(secret: str, timestamp: str, raw: bytes) -> bytes:
    digest = hmac.digest(secret.encode(), timestamp.encode() + raw, "sha256")
    return base64.b64encode(digest)
