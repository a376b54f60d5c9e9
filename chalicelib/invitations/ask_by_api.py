"""AskNeeds by API: an invitation that Heed mails, or links for somebody else's e-mail."""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from chalicelib import ids
from chalicelib.errors import Conflict, FieldError, Invalid
from chalicelib.invitations.ask import AskNeeds, Request, ask
from chalicelib.invitations.ask_wave import Wave, ask_wave
from chalicelib.invitations.invitation import Invitation, Ticket
from chalicelib.invitations.issue_links import IssuedLinks, IssueLinksNeeds, issue_links
from chalicelib.invitations.schemas import InvitationBody, LinksBody, TicketBody, WaveBody
from chalicelib.languages import tag_of
from chalicelib.named_after import standing_for
from chalicelib.retry import reading
from chalicelib.surveys.colleagues import OF_A_VALUE, People
from chalicelib.surveys.definition import Survey
from chalicelib.web.call import Call
from chalicelib.web.idempotency import Once
from chalicelib.web.query import Query

FURTHEST = timedelta(days=366)


def ask_by_api(survey: Survey, call: Call[Query, InvitationBody], needs: AskNeeds) -> Invitation:
    """With an Idempotency-Key the same request gives the same invitation for a week.
    Raises Conflict, or IdempotencyKeyReused when the key came with another request."""
    request = replace(_request(call.body), by=call.key.id)
    _refuse_unknown_segments(survey, request)
    if request.send_at and request.send_at - call.now > FURTHEST:
        raise Conflict([FieldError("#/send_at", "send_at_too_late", "At most a year ahead.")])
    once = _once(call, [survey.id, call.json], needs)
    invitation_id = ids.derived_id("api", once.key.pk) if once else ids.new_id()
    return ask(survey, request, invitation_id, call.now, needs, once)


def issue_links_by_api(
    survey: Survey, call: Call[Query, LinksBody], needs: IssueLinksNeeds
) -> IssuedLinks:
    """Raises Conflict, or IdempotencyKeyReused when the key came with another request."""
    request = replace(_request_of_links(call.body), by=call.key.id)
    ticket = _ticket(call.body.ticket)
    _refuse_unknown_segments(survey, request)
    once = _once(call, ["links", survey.id, call.json], needs)
    return issue_links(survey, request, ticket, call.now, needs, once)


def ask_wave_by_api(
    survey: Survey, call: Call[Any, WaveBody], needs: AskNeeds, colleagues: People
) -> Wave:
    """`colleagues` are the people of teams. Raises Invalid when a value stands for one of them."""
    body = call.body
    _refuse_values_of(colleagues, body, survey)
    people = [
        Request(
            email=person.email,
            name=person.name or None,
            facts=person.facts,
            locale=tag_of(person.locale),
            by=call.key.id,
        )
        for person in body.people
    ]
    return ask_wave(survey, people, call.now, needs)


def _refuse_values_of(colleagues: People, body: WaveBody, survey: Survey) -> None:
    told = [
        (f"#/people/{place}/facts/{name}", value)
        for place, person in enumerate(body.people)
        for name, value in person.facts.items()
        if name in survey.segments
    ]
    refused = standing_for((value for _, value in told), colleagues)
    errors = [
        FieldError(pointer, "value_of_employee", OF_A_VALUE)
        for pointer, value in told
        if value in refused
    ]
    if errors:
        raise Invalid(errors)


def _once(call: Call[Any, Any], said: list[Any], needs: AskNeeds | IssueLinksNeeds) -> Once | None:
    return reading(lambda: call.once(said, needs.deliveries), needs.pause, needs.time_left)


def _request(body: InvitationBody) -> Request:
    return Request(
        email=body.email,
        name=body.name or None,
        ticket=_ticket(body.ticket) if body.ticket else None,
        facts=body.segments,
        send_at=body.send_at,
        locale=tag_of(body.locale),
        account=body.account,
        served_by=body.served_by,
    )


def _request_of_links(body: LinksBody) -> Request:
    return Request(
        email=body.email or "",
        name=body.name or None,
        ticket=_ticket(body.ticket),
        facts=body.segments,
        locale=tag_of(body.locale),
        account=body.account,
        served_by=body.served_by,
    )


def _ticket(body: TicketBody) -> Ticket:
    return Ticket("api", body.id, body.subject or None, body.url)


def _refuse_unknown_segments(survey: Survey, request: Request) -> None:
    unknown = [name for name in request.facts or {} if name not in survey.segments]
    detail = "The survey has no such segment."
    errors = [FieldError(f"#/segments/{name}", "segment_unknown", detail) for name in unknown]
    if errors:
        raise Conflict(errors)
