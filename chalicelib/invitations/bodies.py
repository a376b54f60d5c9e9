"""Bodies of API requests. Unknown fields are refused: a typo must not be lost."""

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)

from chalicelib.invitations.ask import Request
from chalicelib.invitations.fields import Address, Fact, NamedFact
from chalicelib.invitations.invitation import Ticket
from chalicelib.languages import tag_of
from chalicelib.surveys.segment import SegmentName
from chalicelib.text import HTTPS
from chalicelib.web.times import Moment


class TicketBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: NamedFact
    subject: Fact | None = None
    url: Annotated[str, StringConstraints(pattern=HTTPS)] | None = None


class InvitationBody(BaseModel):
    """`send_at`: RFC 3339; a time that has passed means now. `locale`: BCP 47; what is no tag
    counts as none."""

    model_config = ConfigDict(extra="forbid")

    email: Address
    name: Fact | None = None
    ticket: TicketBody | None = None
    segments: dict[SegmentName, NamedFact] = Field(default={}, max_length=8)
    send_at: Moment | None = None
    locale: Fact | None = None


class LinksBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    email: Address | None = None
    name: Fact | None = None
    ticket: TicketBody
    segments: dict[SegmentName, NamedFact] = Field(default={}, max_length=8)
    locale: Fact | None = None


def read_invitation(body: dict[str, Any]) -> Request:
    asked = InvitationBody.model_validate(body)
    return Request(
        email=asked.email,
        name=asked.name or None,
        ticket=_ticket(asked.ticket) if asked.ticket else None,
        facts=asked.segments,
        send_at=asked.send_at,
        locale=tag_of(asked.locale),
    )


def read_links(body: dict[str, Any]) -> tuple[Request, Ticket]:
    asked = LinksBody.model_validate(body)
    ticket = _ticket(asked.ticket)
    request = Request(
        asked.email or "",
        asked.name or None,
        ticket,
        asked.segments,
        locale=tag_of(asked.locale),
    )
    return request, ticket


def _ticket(body: TicketBody) -> Ticket:
    return Ticket("api", body.id, body.subject or None, body.url)
