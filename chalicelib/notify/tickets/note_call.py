"""A delivery that is a note in a ticket: what it says is read when it is written."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.note import Account, DeskRefused, Note, WriteNote
from chalicelib.invitations.invitation import Invitation
from chalicelib.notify.call import LeftOut
from chalicelib.notify.facts import answer_of
from chalicelib.notify.tickets.compose_note import note_of
from chalicelib.notify.transport import Answer, Transport, TransportError
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.webhooks.delivery import Delivery
from chalicelib.webhooks.webhook import Webhook

# A note takes up to five calls, which together end before a claim does.
LONGEST_S: Final = 4.0


class NoteNeeds(Struct, frozen=True):
    """`account` gives None when the hook has none. `desks` by source."""

    response: Callable[[str], Response | None]
    invitation: Callable[[str], Invitation | None]
    survey: Callable[[str], Survey]
    hook: Callable[[str, str], Hook | None]
    account: Callable[[Hook], Account | None]
    desks: Mapping[str, WriteNote]


class NoteCall(Struct, frozen=True):
    write: WriteNote
    account: Account
    ticket: str
    note: Note
    is_repeat: bool
    now: datetime

    def make(self, by: Transport) -> Answer:
        """Raises TransportError."""
        hasty = replace(by, total_s=LONGEST_S)

        def ask(method: str, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
            try:
                return hasty.post(url, body, headers, method).body
            except TransportError as error:
                raise DeskRefused(*_facts(error)) from None

        try:
            self.write(self.account, self.ticket, self.note, self.is_repeat, self.now, ask)
        except DeskRefused as error:
            raise TransportError(*_facts(error)) from None
        return Answer(200, b"")


def _facts(error: DeskRefused | TransportError) -> tuple[str, int | None, bool, int | None]:
    return error.code, error.status, error.permanent, error.retry_after


def note_call(
    delivery: Delivery, webhook: Webhook | None, now: datetime, needs: NoteNeeds
) -> NoteCall:
    """Raises LeftOut."""
    response = answer_of(delivery.facts["response"], needs.response)
    survey = needs.survey(response.survey)
    if survey.is_sealed:
        raise LeftOut("sealed_survey")
    invitation = needs.invitation(response.id)
    if invitation is None or invitation.ticket is None or invitation.hook is None:
        raise LeftOut("no_ticket")
    source = invitation.ticket.source
    hook = needs.hook(source, invitation.hook)
    account, write = needs.account(hook) if hook else None, needs.desks.get(source)
    if account is None or write is None:
        raise LeftOut("no_account")
    note = note_of(response, survey, delivery.id, delivery.facts["tells"])
    if note is None:
        raise LeftOut("nothing_said")
    return NoteCall(write, account, invitation.ticket.id, note, delivery.attempts > 0, now)
