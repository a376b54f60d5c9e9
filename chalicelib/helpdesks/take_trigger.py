"""Makes invitations of what a help desk delivers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib.errors import Conflict, Invalid, NotAsked, SuccessMissing
from chalicelib.helpdesks.delivery_log import DeliveryLog, Line, Result, once
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.mapping import read_mapped
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.resolutions import (
    change_of,
    next_resolution,
    occasion,
    resolution_of,
)
from chalicelib.helpdesks.source import Shape, Source, shape_of
from chalicelib.helpdesks.store import HookStore
from chalicelib.helpdesks.trigger import (
    Trigger,
    is_reopened,
    is_test,
    is_thank_you,
    read_trigger,
    reason_to_ignore,
    ticket_id,
)
from chalicelib.invitations.ask import AskNeeds, Request, ask_and_tell
from chalicelib.invitations.cancel import (
    CancelNeeds,
    Reopened,
    cancel_reopened,
    note_solved,
)
from chalicelib.invitations.fill_in import warning_of
from chalicelib.invitations.hook_ticket import TicketChange, TicketState
from chalicelib.invitations.invitation import Invitation, Reason
from chalicelib.retry import reading, retrying
from chalicelib.surveys.definition import Survey

T = TypeVar("T")
LookUp = Callable[[str, str], str | None]
MOST_THANKED = 20  # of one ticket, in one transaction
MAY_BE_OPEN = ("event_not_wanted", "status_not_solved")


class Outcome(Struct, frozen=True):
    """Of one item of a delivery. Only `refused` is an error of the sender: a 4xx for the rest
    would trip the sender's circuit breaker. `id` is that of an invitation."""

    result: Result
    reason: str = ""
    ticket: str = ""
    id: str = ""


class TakeTriggerNeeds(Struct, frozen=True):
    """`secrets_of` gives a hook's signing secrets, the newest first. `remembered_secrets` gives
    what the function remembers of them by the hook's id, which may be old, and `newer_secrets` what
    it reads anew now and then. `look_up` gives the address of somebody who is known by the id that
    they have in the help desk. `tickets` are those that were looked at. `reason` stands in the line
    of what is accepted."""

    hooks: HookStore
    secrets_of: Callable[[Hook], Sequence[str]]
    remembered_secrets: Callable[[str], Sequence[str]]
    newer_secrets: Callable[[str], Sequence[str]]
    survey: Callable[[str], Survey]
    log: DeliveryLog
    look_up: LookUp
    ask_needs: AskNeeds
    cancel_needs: CancelNeeds
    tickets: Mapping[str, TicketState] = field(default_factory=dict)
    reason: str = ""


def take_of_many(
    source: Source, hook: Hook, place: Place, solved: str, now: datetime, needs: TakeTriggerNeeds
) -> Outcome:
    """A bad item is told, and keeps no other from being taken."""
    try:
        return take(source, hook, place, solved, now, needs)
    except Invalid as error:
        return Outcome("refused", error.errors[0].code)


def take(
    source: Source, hook: Hook, top: Place, solved: str, now: datetime, needs: TakeTriggerNeeds
) -> Outcome:
    """Raises Invalid."""
    shape = shape_of(source, top, solved)
    place = top.below(shape.root) if shape else top
    if is_test(source, shape, place):
        return noted(hook, Outcome("ignored", "test_delivery"), now, needs)
    if shape is None:
        return noted(hook, Outcome("ignored", "shape_unknown"), now, needs)
    ticket = ticket_id(shape, place)
    reason = reason_to_ignore(shape, place)
    change = change_of(hook, shape, place, now)
    if reason in MAY_BE_OPEN and ticket and is_reopened(shape, place):
        found = cancel_reopened(change, now, needs.cancel_needs)
        is_plain = found is Reopened.NOTHING_WAITS and reason == "status_not_solved"
        reason = reason if is_plain else found
    if reason:
        return noted(hook, Outcome("ignored", reason, ticket), now, needs)
    try:
        trigger = read_trigger(source.name, shape, place)
    except Invalid as error:
        note(hook, Outcome("refused", error.errors[0].code, ticket), now, needs)
        raise
    return _ask(hook, shape, place, trigger, change, now, needs)


def _ask(
    hook: Hook,
    shape: Shape,
    place: Place,
    trigger: Trigger,
    change: TicketChange,
    now: datetime,
    needs: TakeTriggerNeeds,
) -> Outcome:
    email = trigger.email or _looked_up(hook, trigger, needs)
    if email is None:
        return noted(hook, Outcome("ignored", "address_unknown", trigger.ticket.id), now, needs)
    before = _before(change, is_thank_you(shape, place), needs)
    thanked = sorted(before.standing)[:MOST_THANKED] if is_thank_you(shape, place) else ()
    request = replace(_request(hook, place, trigger, email, change), thanked=thanked)
    try:
        made, is_new = _made(hook, shape, trigger, request, change, before, now, needs)
    except NotAsked as error:
        if error.reason == "thanked":
            note_solved(change, now, needs.cancel_needs)
        return noted(hook, Outcome("ignored", error.reason, trigger.ticket.id), now, needs)
    except Conflict as error:  # of the survey: the tool can do nothing about it
        reason = error.errors[0].code
        return noted(hook, Outcome("ignored", reason, trigger.ticket.id), now, needs)
    if is_new:
        return Outcome("accepted", ticket=trigger.ticket.id, id=made.id)
    if not trigger.resolution:
        # Perhaps a second resolution of the day, and the next reopening begins anew.
        note_solved(change, now, needs.cancel_needs)
    repeated = Outcome("duplicate", "taken_before", trigger.ticket.id, made.id)
    return noted(hook, repeated, now, needs)


def _made(
    hook: Hook,
    shape: Shape,
    trigger: Trigger,
    request: Request,
    change: TicketChange,
    before: TicketState,
    now: datetime,
    needs: TakeTriggerNeeds,
) -> tuple[Invitation, bool]:
    """What a reopening has cancelled since the ticket was looked at is met here. The same delivery
    once more does not ask again."""
    ticket, survey = trigger.ticket.id, read(lambda: needs.survey(hook.survey), needs)
    resolution = resolution_of(trigger, change, before, now)
    reason = needs.reason or warning_of(survey, request.facts or {}, request.served_by)

    def asked() -> tuple[Invitation, bool]:
        return ask_and_tell(
            survey,
            request,
            change.invitation(resolution),
            now,
            needs.ask_needs,
            once(hook, occasion(shape, trigger, change, resolution), ticket, reason, now),
        )

    try:
        made, is_new = asked()
    except SuccessMissing:  # a 409 (decision 14); the admin sees why
        note(hook, Outcome("refused", "success_missing", ticket), now, needs)
        raise
    while made.reason is Reason.REOPENED:
        resolution, met = next_resolution(resolution, made.id), made.id
        made, is_new = asked()
        if made.id == met:
            break
    return made, is_new


def _before(change: TicketChange, is_thanked: bool, needs: TakeTriggerNeeds) -> TicketState:
    """Of a ticket that was not looked at, only a "thank you" has to know."""
    if change.ticket in needs.tickets or not is_thanked:
        return needs.tickets.get(change.ticket, TicketState())
    return read(lambda: needs.cancel_needs.tickets.state(change), needs)


def _looked_up(hook: Hook, trigger: Trigger, needs: TakeTriggerNeeds) -> str | None:
    if not trigger.external_id:
        return None
    return read(lambda: needs.look_up(hook.source, trigger.external_id), needs)


def _request(
    hook: Hook, place: Place, trigger: Trigger, email: str, change: TicketChange
) -> Request:
    mapped = read_mapped(hook.mapping, place)
    return Request(
        email=email,
        name=trigger.name,
        ticket=trigger.ticket,
        facts={**trigger.facts, **mapped.facts},
        locale=mapped.locale or trigger.locale,
        account=mapped.account,
        hook=hook.id,
        served_by=trigger.agent,
        solved=change,
    )


def noted(hook: Hook, outcome: Outcome, now: datetime, needs: TakeTriggerNeeds) -> Outcome:
    note(hook, outcome, now, needs)
    return outcome


def note(hook: Hook, outcome: Outcome, now: datetime, needs: TakeTriggerNeeds) -> None:
    line = Line(now, outcome.result, outcome.reason, outcome.ticket, outcome.id)
    asking = needs.ask_needs
    retrying(lambda _: needs.log.add(hook, line), asking.pause, time_left=asking.time_left)


def read(found: Callable[[], T], needs: TakeTriggerNeeds) -> T:
    return reading(found, needs.ask_needs.pause, needs.ask_needs.time_left)
