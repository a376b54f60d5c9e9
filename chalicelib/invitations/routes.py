"""Asking by API, links for other mails, and what became of an invitation."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.web.endpoint import api, header, json_body, own_address, sign_in
from chalicelib.web.problems import answering_problems, json_response


@api.route("/v1/surveys/{survey}/invitations", methods=["POST"], content_types=["*/*"])
@answering_problems
def invite(survey: str) -> HttpResponse:
    from chalicelib.invitations import wiring as invitations_wiring
    from chalicelib.invitations.ask_by_api import ask_by_api, show
    from chalicelib.invitations.bodies import read_invitation
    from chalicelib.surveys import wiring as surveys_wiring

    key = sign_in(Scope.INVITATIONS_WRITE)
    body = json_body()
    invitation = ask_by_api(
        surveys_wiring.surveys().get(survey),
        read_invitation(body),
        body,
        header("idempotency-key"),
        key,
        moments.now(),
        invitations_wiring.asking(),
    )
    return json_response(201, show(invitation), Location=f"/v1/invitations/{invitation.id}")


@api.route("/v1/surveys/{survey}/links", methods=["POST"], content_types=["*/*"])
@answering_problems
def hand_out_links(survey: str) -> HttpResponse:
    from chalicelib.invitations import wiring as invitations_wiring
    from chalicelib.invitations.bodies import read_links
    from chalicelib.invitations.show_links import hand_out_by_api, show_links
    from chalicelib.surveys import wiring as surveys_wiring

    key = sign_in(Scope.INVITATIONS_WRITE)
    body, definition = json_body(), surveys_wiring.surveys().get(survey)
    request, ticket = read_links(body)
    again = header("idempotency-key")
    # Asked for first, so that nobody is counted as asked by links that cannot be given.
    address = own_address()
    made = hand_out_by_api(
        definition,
        request,
        ticket,
        body,
        again,
        key,
        moments.now(),
        invitations_wiring.handing_out(),
    )
    links = show_links(made, definition, address, invitations_wiring.token_keys())
    return json_response(201, links, Location=f"/v1/invitations/{made.invitation.id}")


@api.route("/v1/invitations/{invitation}", methods=["GET"])
@answering_problems
def show_invitation(invitation: str) -> HttpResponse:
    from chalicelib.invitations import wiring as invitations_wiring
    from chalicelib.invitations.ask_by_api import show

    sign_in(Scope.INVITATIONS_READ)
    return json_response(200, show(invitations_wiring.invitations().get(invitation)))
