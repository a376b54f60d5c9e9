"""What writing notes into tickets needs."""

from chalicelib import wiring
from chalicelib.helpdesks import account_wiring
from chalicelib.helpdesks.desks import DESKS
from chalicelib.helpdesks.store import HookStore
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.notify.tickets.note_call import NoteNeeds
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring


def note_needs() -> NoteNeeds:
    return NoteNeeds(
        response=responses_wiring.responses().find,
        invitation=invitations_wiring.invitations().find,
        survey=surveys_wiring.surveys().get,
        hook=HookStore(wiring.table()).find,
        account=account_wiring.account,
        desks=DESKS,
    )
