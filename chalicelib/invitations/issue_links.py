"""Links for an e-mail that another system sends. Heed mails nothing, throttles nobody and does
not write to the contact ledger (docs/decisions/0008)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct

from chalicelib import ids, moments
from chalicelib.errors import Conflict, FieldError, IdempotencyKeyReused, PersonErased, WriteRefused
from chalicelib.invitations.ask import Request, served_of
from chalicelib.invitations.fill_in import fill_in
from chalicelib.invitations.invitation import Invitation, Reason, Status, Ticket
from chalicelib.invitations.served import Served, is_of_erased, naming
from chalicelib.invitations.store import InvitationStore
from chalicelib.invitations.throttle import Person, reason_to_leave_out
from chalicelib.retry import no_limit, reading
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.refuse_to_ask import refuse_to_ask
from chalicelib.table import Check, Write
from chalicelib.tally.shards import ShardOf, write_counted
from chalicelib.web.idempotency import DeliveryStore, Once


class IssueLinksNeeds(Struct, frozen=True):
    """`person_id` turns an address, or a ticket without one, into the person's id."""

    invitations: InvitationStore
    deliveries: DeliveryStore
    person: Callable[[str], Person]
    person_id: Callable[[str], str]
    key_id: Callable[[], str]
    pause: Callable[[int], None]
    shard_of: ShardOf
    time_left: Callable[[], float] = no_limit


class IssuedLinks(Struct, frozen=True):
    """`warning`: the person asked for no e-mails, or cannot be reached by them."""

    invitation: Invitation
    warning: Reason | None


def issue_links(
    survey: Survey,
    request: Request,
    ticket: Ticket,
    now: datetime,
    needs: IssueLinksNeeds,
    once: Once | None = None,
) -> IssuedLinks:
    """The same ticket with the same Idempotency-Key, or with none, gives the same invitation.
    Raises SuccessMissing, Conflict of a sealed survey, PersonErased, IdempotencyKeyReused, or
    Unavailable after all tries."""
    refuse_to_ask(survey)
    if survey.is_sealed:
        detail = "Heed mails the links of a sealed survey itself, so that nobody else has them."
        raise Conflict([FieldError("survey", "survey_sealed", detail)])
    again = once.key.pk if once else ""
    invitation_id = ids.derived_id("links", survey.id, ticket.source, ticket.id, again)
    standing = _find(invitation_id, needs)
    if standing and standing.is_erased:
        return IssuedLinks(standing, Reason.ERASED)
    draft = _draft(survey, request, ticket, invitation_id, now, needs)
    of = standing.person if standing else draft.person
    person = reading(lambda: needs.person(of), needs.pause, needs.time_left)
    filled = fill_in(draft, survey, request.facts or {}, person.known, request.served_by)
    served = served_of(survey, request, draft, needs.person_id)
    invitation = standing or _add(filled, served, now, needs, once)
    return IssuedLinks(invitation, reason_to_leave_out(person, survey.id))


def _find(invitation_id: str, needs: IssueLinksNeeds) -> Invitation | None:
    return reading(lambda: needs.invitations.find(invitation_id), needs.pause, needs.time_left)


def _add(
    draft: Invitation,
    served: Served | None,
    now: datetime,
    needs: IssueLinksNeeds,
    once: Once | None,
) -> Invitation:
    extra: list[Write | Check] = [needs.deliveries.remember(once, draft.id, now)] if once else []
    try:
        write_counted(
            lambda shard: needs.invitations.add_linked(draft, shard, [*extra, *naming(served)]),
            draft.survey,
            needs.shard_of,
            needs.pause,
            needs.time_left,
        )
    except WriteRefused as refused:
        if served and is_of_erased(refused, served):
            return _add(draft, None, now, needs, once)
        if refused.index == 1:
            raise PersonErased from refused
        # Our own lost answer, or the same request at the same moment; or the key is taken.
        standing = _find(draft.id, needs)
        if standing is None:
            raise IdempotencyKeyReused from None
        return standing
    return draft


def _draft(
    survey: Survey,
    request: Request,
    ticket: Ticket,
    invitation_id: str,
    now: datetime,
    needs: IssueLinksNeeds,
) -> Invitation:
    # An address never holds a NUL, so a ticket is never taken for a person with an address.
    nobody = f"ticket\x00{ticket.source}\x00{ticket.id}"
    return Invitation(
        id=invitation_id,
        survey=survey.id,
        person=needs.person_id(request.email or nobody),
        email=request.email,
        name=request.name,
        ticket=ticket,
        segments=(),
        status=Status.LINKED,
        created_at=now,
        expires_at=now + timedelta(days=survey.open_days),
        key_id=needs.key_id(),
        asked_day=moments.day_in(now, survey.tz).isoformat(),
        locale=request.locale,
        changed_by=request.by,
        account=request.account,
    )
