"""Asks a person, or says why not. The hooks of help desks and the API both call it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.ballots.box import Box
from chalicelib.errors import NotAsked, WriteRefused
from chalicelib.invitations.fill_in import fill_in, segments_of, with_language
from chalicelib.invitations.groups import places_in
from chalicelib.invitations.hook_ticket import TicketChange, reason_for, solving
from chalicelib.invitations.invitation import Invitation, Status, Ticket
from chalicelib.invitations.known import Known
from chalicelib.invitations.served import Served, is_of_erased, naming
from chalicelib.invitations.store import InvitationStore, not_gone_out
from chalicelib.invitations.throttle import reason_not_to_ask
from chalicelib.retry import no_limit, reading, retrying
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.named_plans import effects_of
from chalicelib.surveys.refuse_to_ask import refuse_anonymous, refuse_to_ask
from chalicelib.table import Check, Item, Write
from chalicelib.web.idempotency import DeliveryStore, Once

# Adds to an invitation what is known of the person.
Fill = Callable[[Invitation, Known], Invitation]


class Request(Struct, frozen=True):
    """`facts` may hold more than the survey's segments. `locale` is a BCP 47 tag.
    `by` is the id of an API key, `hook` that of a help desk's hook. `places` are
    the groups of somebody who is asked in a wave. `served_by` is the address of whoever served.
    What is missing of `facts`, `locale` and `account` comes from the directory, and of a hook's
    request what the directory says stands. `solved` is the change of the hook's ticket that
    asks. `thanked`: ids of invitations; when one of them went out, nobody is asked again."""

    email: str
    name: str | None = None
    ticket: Ticket | None = None
    facts: Mapping[str, str] | None = None
    send_at: datetime | None = None
    locale: str | None = None
    by: str | None = None
    hook: str | None = None
    account: str | None = None
    places: tuple[int, ...] | None = None
    served_by: str | None = None
    solved: TicketChange | None = None
    thanked: Collection[str] = ()


class AskNeeds(Struct, frozen=True):
    """What asking needs. `person_id` turns a normalised address into the person's id. `groups` are
    those of a confidential survey, for which the second argument is taken at its first ask.
    `time_left` is the request's, in seconds."""

    invitations: InvitationStore
    deliveries: DeliveryStore
    person_id: Callable[[str], str]
    key_id: Callable[[], str]
    groups: Callable[[Survey, Sequence[str]], Sequence[str]]
    open_box: Callable[[Survey, Sequence[str]], Box]
    note_wave: Callable[[Box, str], None]
    pause: Callable[[int], None]
    time_left: Callable[[], float] = no_limit


def ask(
    survey: Survey,
    request: Request,
    invitation_id: str,
    now: datetime,
    needs: AskNeeds,
    once: Once | None = None,
) -> Invitation:
    """Gives the invitation that stands for `invitation_id`, made now or before. Raises
    SuccessMissing, or Conflict of an anonymous survey, before anything is written: the same
    request may come again. Raises NotAsked, and Unavailable after all tries."""
    return ask_and_tell(survey, request, invitation_id, now, needs, once)[0]


def ask_and_tell(
    survey: Survey,
    request: Request,
    invitation_id: str,
    now: datetime,
    needs: AskNeeds,
    once: Once | None = None,
) -> tuple[Invitation, bool]:
    """As `ask`; and whether the invitation was made now."""
    refuse_to_ask(survey)
    _refuse_own_ticket(request, needs.person_id)
    fill = _filling(survey, request, needs)
    draft = reading(
        lambda: _draft(survey, request, invitation_id, now, needs), needs.pause, needs.time_left
    )
    served = served_of(survey, request, draft, needs.person_id)

    def add(attempt: int) -> tuple[Invitation, bool]:
        # A first try seldom finds that it was made before, and its write would be refused then.
        standing = needs.invitations.find(invitation_id) if attempt else None
        if standing:
            return standing, standing.created_at == now
        return _add(draft, fill, served, survey, request, now, needs, once)

    return retrying(add, needs.pause, time_left=needs.time_left)


def _add(
    draft: Invitation,
    fill: Fill,
    served: Served | None,
    survey: Survey,
    request: Request,
    now: datetime,
    needs: AskNeeds,
    once: Once | None,
) -> tuple[Invitation, bool]:
    extra: list[Write | Check] = [needs.deliveries.remember(once, draft.id, now)] if once else []
    since = now - timedelta(days=survey.throttle_days)
    person, ledger = needs.invitations.person_and_ledger(draft.person, since)
    reason = reason_not_to_ask(person, ledger, survey, now)
    draft = fill(draft, person.known)
    if request.solved:
        # What is not sent leaves what the ticket led to before.
        extra.append(solving(request.solved, None if reason else draft.id, now))
    extra += [not_gone_out(each) for each in request.thanked if each != draft.id]
    try:
        if reason:
            silent = draft.erased() if person.erased else draft.suppressed(reason)
            needs.invitations.add_suppressed(silent, extra)
            return silent, True
        needs.invitations.add(draft, person, [*extra, *naming(served)])
    except WriteRefused as refused:
        if served and is_of_erased(refused, served):
            return _add(draft, fill, None, survey, request, now, needs, once)
        # These come after what would tell that it was made before.
        of_ticket = _reason_of_ticket(refused, request)
        if of_ticket:
            raise NotAsked(of_ticket) from refused
        earlier = needs.invitations.find(draft.id) or _earlier(once, needs)
        if earlier is None:
            raise
        return earlier, False
    return draft, True


def _reason_of_ticket(refused: WriteRefused, request: Request) -> str | None:
    current = refused.current or {}
    if current.get("id") in request.thanked and "asked_day" in current:
        return "thanked"
    return reason_for(refused, request.solved) if request.solved else None


def _refuse_own_ticket(request: Request, person_id: Callable[[str], str]) -> None:
    """Of a hook: nobody is asked about the own work. Raises NotAsked."""
    agent = request.served_by if request.hook else None
    if agent and person_id(agent) == person_id(request.email):
        raise NotAsked("own_ticket")


def _filling(survey: Survey, request: Request, needs: AskNeeds) -> Fill:
    """How an invitation gets what the directory says. Raises Conflict of an anonymous survey that
    asks somebody alone."""
    if request.places is not None:
        return with_language
    facts = request.facts or {}
    if not survey.is_sealed:
        return lambda draft, known: fill_in(draft, survey, facts, known, request.served_by)
    refuse_anonymous(survey)
    # A value that the survey does not list would name a person, and is in no group.
    listed = [
        f"{name}={value}" for name, values in survey.segment_values.items() for value in values
    ]
    groups = needs.groups(survey, listed)

    def fill(draft: Invitation, known: Known) -> Invitation:
        segments = segments_of(survey, facts, known, draft.hook is not None, request.served_by)
        places = places_in(groups, segments)
        return replace(with_language(draft, known), places=places)

    return fill


def _draft(
    survey: Survey, request: Request, invitation_id: str, now: datetime, needs: AskNeeds
) -> Invitation:
    due = max(now + timedelta(minutes=survey.delay_minutes), request.send_at or now)
    waits = due > now
    return Invitation(
        id=invitation_id,
        survey=survey.id,
        person=needs.person_id(request.email),
        email=request.email,
        name=request.name,
        ticket=request.ticket,
        segments=(),
        status=Status.WAITING if waits else Status.QUEUED,
        created_at=now,
        expires_at=survey.ends_at(due + timedelta(days=survey.open_days)),
        key_id=needs.key_id(),
        due_at=due if waits else None,
        locale=request.locale,
        changed_by=request.by,
        hook=request.hook,
        places=request.places,
        account=None if survey.is_sealed else request.account,
    )


def served_of(
    survey: Survey, request: Request, draft: Invitation, person_id: Callable[[str], str]
) -> Served | None:
    """Only where the plan sends them words, and nobody who is asked about themselves."""
    wanted = any(effect.do == "words_to_server" for effect in effects_of(survey))
    if not request.served_by or not wanted or survey.is_sealed:
        return None
    person = person_id(request.served_by)
    if person == draft.person:
        return None
    return Served(draft.id, person, request.served_by, draft.expires_at)


def _earlier(once: Once | None, needs: AskNeeds) -> Invitation | None:
    item: Item | None = needs.deliveries.find(once.key) if once else None
    return needs.invitations.find(item["invitation"]) if item else None
