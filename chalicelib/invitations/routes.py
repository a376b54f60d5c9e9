"""AskNeeds by API, links for other mails, and what became of an invitation."""

from typing import Any

from chalicelib import wiring as root_wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.invitations import ask_wiring, wiring
from chalicelib.invitations import show_invitation as shown
from chalicelib.invitations.ask_by_api import ask_by_api, ask_wave_by_api, issue_links_by_api
from chalicelib.invitations.change_invitation import cancel_invitation as cancel
from chalicelib.invitations.change_invitation import send_again
from chalicelib.invitations.list_invitations import list_invitations as read_page
from chalicelib.invitations.schemas import (
    EXAMPLE,
    WAVE_EXAMPLE,
    Invitation,
    InvitationBody,
    InvitationPage,
    InvitationsQuery,
    Links,
    LinksBody,
    Wave,
    WaveBody,
)
from chalicelib.keys import invitations_of
from chalicelib.retry import reading
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.colleagues import colleagues_in
from chalicelib.surveys.definition import Survey
from chalicelib.web.answer import Reply, accepted, created, made, ok
from chalicelib.web.audited import BY_THOUSANDS
from chalicelib.web.call import Call, json_body
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.endpoint import endpoint


@endpoint(
    "Ask a person",
    created("The invitation; `status` and `reason` tell if an e-mail goes out.", Invitation),
    scope=Scope.INVITATIONS_WRITE,
    body=json_body(InvitationBody, EXAMPLE),
    repeats=True,
    not_noted=BY_THOUSANDS,
)
def invite(call: Call[Any, InvitationBody], survey: str) -> Reply[Invitation]:
    asking, told = ask_wiring.ask_needs(call.time_left), disclosure_for(call.key)
    invitation = ask_by_api(_definition(survey, call), call, asking)
    return made(shown.show_invitation(invitation, told), f"/v1/invitations/{invitation.id}")


@endpoint(
    "Ask many people at once",
    accepted("How many are asked.", Wave),
    description="Only of an anonymous survey, which asks in no other way. The same request again"
    " asks nobody twice. 422 when fewer than ten can be asked, and when a later"
    " request has one to nine new people: leave them out, or ask more.",
    scope=Scope.INVITATIONS_WRITE,
    body=json_body(WaveBody, WAVE_EXAMPLE),
)
def ask_wave(call: Call[Any, WaveBody], survey: str) -> Reply[Wave]:
    definition, address = _definition(survey, call), call.own_address()
    colleagues = colleagues_in(root_wiring.table())
    wave = ask_wave_by_api(definition, call, ask_wiring.ask_needs(call.time_left), colleagues)
    keys = ballots_wiring.ballot_keys().find(survey) if definition.has_shared_link else None
    return Reply(shown.show_wave(wave, definition, address, keys), status=202)


@endpoint(
    "Get links for an e-mail of your own",
    created("A link for every score. Heed mails nothing.", Links),
    description="The same ticket gives the same links.",
    scope=Scope.INVITATIONS_WRITE,
    body=json_body(LinksBody, EXAMPLE),
    repeats=True,
    not_noted=BY_THOUSANDS,
)
def issue_links(call: Call[Any, LinksBody], survey: str) -> Reply[Links]:
    definition, told = _definition(survey, call), disclosure_for(call.key)
    # Read first, so that nobody is counted as asked by links that cannot be given.
    address = call.own_address()
    issued = issue_links_by_api(definition, call, ask_wiring.issue_links_needs(call.time_left))
    links = shown.show_links(issued, definition, address, wiring.token_keys(), told)
    return made(links, f"/v1/invitations/{issued.invitation.id}")


@endpoint(
    "Show what became of an invitation",
    ok("The invitation.", Invitation),
    scope=Scope.INVITATIONS_READ,
    by_survey=True,
)
def show_invitation(call: Call[Any, Any], invitation: str) -> Invitation:
    found = wiring.invitations().get(invitation)
    call.reached(found.survey, "invitation")
    return shown.show_invitation(found, disclosure_for(call.key))


@endpoint(
    "List the invitations of a survey",
    ok("The newest first. A page may be empty and have a `next`.", InvitationPage),
    description="Who was asked is told to a key with the scope `people:read` alone. Nothing here"
    " tells who answered. What is older than the survey's `keep_days` is forgotten, and not"
    " listed.",
    scope=Scope.INVITATIONS_READ,
    query=InvitationsQuery,
)
def list_invitations(call: Call[InvitationsQuery, Any], survey: str) -> InvitationPage:
    told, query = disclosure_for(call.key), call.query
    told.require_people()
    after = listed_after(query.cursor, invitations_of(survey))
    surveys_wiring.surveys().get(survey)
    found, last = read_page(survey, query.status, query.limit, after, wiring.invitations())
    items = [shown.show_listed(invitation, told) for invitation in found]
    return {"items": items, "next": encode_cursor(last)}


@endpoint(
    "Cancel an invitation that waits",
    ok("The invitation, which nobody sends any more.", Invitation),
    description="The person may be asked again at once. 409 when its time has come, and of an"
    " anonymous survey, which asks many people at once or none.",
    scope=Scope.INVITATIONS_WRITE,
    by_survey=True,
    conflicts=True,
)
def cancel_invitation(call: Call[Any, Any], invitation: str) -> Invitation:
    survey, told = _survey_of(invitation, call), disclosure_for(call.key)
    needs = wiring.change_invitation_needs(told.sees_people)
    return shown.show_invitation(cancel(invitation, survey, needs), told)


@endpoint(
    "Send an invitation again",
    accepted("The invitation; the same link goes out once more.", Invitation),
    description="Once for each invitation. 409 when it was never sent, was sent twice, or its link"
    " has ended; when the person gets no e-mails; for a key with the scope `people:read`, when the"
    " person has answered; and of an anonymous survey.",
    scope=Scope.INVITATIONS_WRITE,
    by_survey=True,
    conflicts=True,
)
def send_invitation(call: Call[Any, Any], invitation: str) -> Reply[Invitation]:
    survey, told = _survey_of(invitation, call), disclosure_for(call.key)
    needs = wiring.change_invitation_needs(told.sees_people)
    sent = send_again(invitation, survey, call.now, needs)
    return Reply(shown.show_invitation(sent, told), status=202)


def _survey_of(invitation: str, call: Call[Any, Any]) -> Survey:
    """Raises NotFound, also for one out of the key's reach."""
    found = wiring.invitations().get(invitation)
    call.reached(found.survey, "invitation")
    return _definition(found.survey, call)


def _definition(survey_id: str, call: Call[Any, Any]) -> Survey:
    surveys = surveys_wiring.surveys()
    return reading(lambda: surveys.get(survey_id), root_wiring.pause, call.time_left)
