"""Bodies of API requests. Unknown fields are refused: a typo must not be lost."""

import json
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)

from chalicelib.api.times import Moment
from chalicelib.errors import BadRequest, Conflict, FieldError, TooLarge, UnsupportedMediaType
from chalicelib.intake.ask import Request
from chalicelib.intake.fields import Address, Fact, NamedFact
from chalicelib.intake.invitation import Ticket
from chalicelib.languages import tag_of
from chalicelib.survey.definition import Survey
from chalicelib.survey.segment import SegmentName
from chalicelib.text import HTTPS

LARGEST_BODY = 256 * 1024


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


def read_json(raw: bytes, content_type: str) -> dict[str, Any]:
    """Raises TooLarge, UnsupportedMediaType or BadRequest."""
    if len(raw) > LARGEST_BODY:
        raise TooLarge(LARGEST_BODY)
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMediaType("application/json")
    try:
        body = json.loads(raw, parse_float=_number, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadRequest("not_json", "The body is not JSON.") from error
    if not isinstance(body, dict):
        raise BadRequest("not_an_object", "The body is not a JSON object.")
    return body


def _number(text: str) -> int | float:
    """JSON knows one kind of number: 5.0 is 5."""
    value = float(text)
    return int(value) if value.is_integer() else value


def _refuse(text: str) -> None:
    raise ValueError(f"{text} is no JSON")


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


def read_survey(body: dict[str, Any], survey_id: str) -> Survey:
    """The id stands in the path; in the body it may stand again, the same."""
    if body.get("id", survey_id) != survey_id:
        raise Conflict([FieldError("#/id", "id_differs", "The path names another survey.")])
    return Survey.model_validate({**body, "id": survey_id})


def _ticket(body: TicketBody) -> Ticket:
    return Ticket("api", body.id, body.subject or None, body.url)
