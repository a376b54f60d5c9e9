"""What writing notes into tickets needs."""

from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.desks import DESKS
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.notify.tickets.note_call import NoteNeeds
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring


def note_needs() -> NoteNeeds:
    return NoteNeeds(
        response=responses_wiring.responses().find,
        invitation=invitations_wiring.invitations().find,
        survey=surveys_wiring.surveys().get,
        hook=helpdesks_wiring.hooks().find,
        account=helpdesks_wiring.account,
        desks=DESKS,
    )
