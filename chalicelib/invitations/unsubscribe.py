"""No more mails to a person, or none of one survey; and the way back."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.errors import (
    LinkRejected,
    OutcomeUnknown,
    Unavailable,
    WriteConflict,
    WriteRefused,
)
from chalicelib.invitations.invitation import Reason
from chalicelib.invitations.person_store import PersonStore, TakenBack
from chalicelib.invitations.stop_link import StopLink
from chalicelib.invitations.store import InvitationStore
from chalicelib.invitations.throttle import Person
from chalicelib.retry import NO_LIMIT, reading, retrying


class UnsubscribeNeeds(Struct, frozen=True):
    """`patience` gives the seconds in which the person's own item may still be tried."""

    invitations: InvitationStore
    people: PersonStore
    pause: Callable[[int], None]
    patience: Callable[[], float]


def unsubscribe(invitation_id: str, now: datetime, needs: UnsubscribeNeeds) -> None:
    """Safe to run twice. A mail program asks once and never again, so only the time ends the
    tries, and a conflict that lasts is written around. Raises LinkRejected, and Unavailable
    when the table takes nothing."""
    person = _person_of(invitation_id, needs)
    if person is None:
        return  # nobody asks them again

    def mark(_: int) -> None:
        needs.people.mark(person, Reason.UNSUBSCRIBED.value, now)

    try:
        retrying(mark, needs.pause, NO_LIMIT, time_left=needs.patience)
    except Unavailable:
        retrying(lambda _: needs.people.opt_out(person, now), needs.pause, NO_LIMIT)


def leave_survey(invitation_id: str, survey: str, now: datetime, needs: UnsubscribeNeeds) -> None:
    """Safe to run twice. Raises LinkRejected, and Unavailable when the table takes nothing in
    time."""
    person = _person_of(invitation_id, needs)
    if person:
        _write(lambda _: needs.people.leave(person, survey, now), needs)


def undo(invitation_id: str, survey: str | None, now: datetime, needs: UnsubscribeNeeds) -> None:
    """The person takes back what they just asked for; `survey` None: no mail at all. Safe to run
    twice. Raises as `leave_survey`."""
    person = _person_of(invitation_id, needs)
    if person is None:
        return
    asked = TakenBack(survey is None, (survey,) if survey else ())
    with suppress(WriteRefused):  # nobody writes to whoever was erased
        _write(lambda _: needs.people.take_back(person, asked, now), needs)


def ask_back(
    person_id: str, survey: str | None, by: str, now: datetime, needs: UnsubscribeNeeds
) -> tuple[TakenBack, Person]:
    """An admin lifts what the person asked for; `survey` None: all of it. Gives what was lifted,
    and the person as they stand then. Safe to run twice. Raises Unavailable."""
    before = reading(lambda: needs.people.get(person_id), needs.pause)
    surveys = before.left if survey is None else before.left & {survey}
    asked = TakenBack(before.unsubscribed and survey is None, tuple(sorted(surveys)), by)
    if before.erased or not (asked.unsubscribed or asked.surveys):
        return TakenBack(False, (), by), before
    _write(lambda _: needs.people.take_back(person_id, asked, now), needs)
    stays = before.unsubscribed and not asked.unsubscribed
    return asked, replace(before, unsubscribed=stays, left=before.left - surveys)


def _person_of(invitation_id: str, needs: UnsubscribeNeeds) -> str | None:
    """None of whoever was erased. Raises LinkRejected."""
    invitation = retrying(
        lambda _: needs.invitations.find(invitation_id), needs.pause, NO_LIMIT, (Unavailable,)
    )
    if invitation and invitation.is_erased:
        return None
    if invitation is None or not invitation.person:
        raise LinkRejected
    return invitation.person


def stop_letters(link: StopLink, now: datetime, needs: UnsubscribeNeeds) -> None:
    """Safe to run twice. Raises Unavailable when the table takes nothing in time."""
    with suppress(WriteRefused):  # nobody writes to whoever was erased
        _write(lambda _: needs.people.stop(link.person, link.kind, now), needs)


def _write(write: Callable[[int], None], needs: UnsubscribeNeeds) -> None:
    on = (WriteConflict, OutcomeUnknown, Unavailable)
    retrying(write, needs.pause, NO_LIMIT, on, needs.patience)
