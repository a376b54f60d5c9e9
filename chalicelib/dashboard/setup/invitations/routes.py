"""The page of the invitations of a survey."""

from zoneinfo import ZoneInfo

from msgspec.structs import asdict

from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.page import page
from chalicelib.dashboard.setup.read_body import of_the_whole
from chalicelib.dashboard.sheet import Sheet
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.errors import BadRequest, Conflict, NotFound
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.change_invitation import (
    cancel_invitation,
    is_cancellable,
    may_be_sent_again,
    send_again,
)
from chalicelib.invitations.invitation import Status
from chalicelib.invitations.list_invitations import list_invitations
from chalicelib.invitations.schemas import InvitationsQuery
from chalicelib.keys import invitations_of
from chalicelib.noting import acting
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.web.cursor import encode_cursor, listed_after

COLUMNS = ("name", "email", "status", "reason", "created_at", "sent_at", "ticket", "id")


@page(Scope.INVITATIONS_READ, Scope.PEOPLE_READ, query=InvitationsQuery)
def show_invitations(visit: Visit[InvitationsQuery], survey: str) -> Shown:
    definition, query = surveys_wiring.surveys().get(survey), visit.query
    after = listed_after(query.cursor, invitations_of(survey))
    invitations = invitations_wiring.invitations()
    found, last = list_invitations(survey, query.status, query.limit, after, invitations)
    facts = {
        "survey": definition,
        "invitations": found,
        "statuses": list(Status),
        "status": query.status,
        "zone": ZoneInfo(definition.tz),
        "next": encode_cursor(last),
        "is_cancellable": is_cancellable,
        "may_be_sent_again": lambda one: may_be_sent_again(one, visit.now),
    }
    rows = [{**asdict(one), "ticket": one.ticket and one.ticket.id} for one in found]
    return Shown("setup/invitations", facts, sheet=Sheet(f"{survey}-invitations", COLUMNS, rows))


@page(Scope.INVITATIONS_WRITE, Scope.PEOPLE_READ, again=show_invitations)
def change_invitation(visit: Visit[InvitationsQuery], survey: str) -> Moved:
    definition, chosen = surveys_wiring.surveys().get(survey), visit.form.text("invitation")
    needs = invitations_wiring.change_invitation_needs(sees_people=True)
    if needs.invitations.get(chosen).survey != survey:
        raise NotFound("invitation")
    back = f"setup/surveys/{survey}/invitations"
    try:
        match visit.form.text("act"):
            case "cancel":
                acting("cancel_invitation")
                cancel_invitation(chosen, definition, needs)
                return Moved(back, said="cancelled")
            case "send":
                acting("send_invitation")
                send_again(chosen, definition, visit.now, needs)
                return Moved(back, said="queued")
    except Conflict as conflict:
        raise of_the_whole(conflict) from conflict
    raise BadRequest("act_unknown", "There is no such button.")
