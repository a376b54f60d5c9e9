"""Asking by API, links for other mails, and what became of an invitation."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api.door import api, header, json_body, own_address, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response


@api.route("/v1/surveys/{survey}/invitations", methods=["POST"], content_types=["*/*"])
@answering_problems
def invite(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.bodies import read_invitation
    from chalicelib.api.invitations import ask_by_api, show

    key = sign_in(Scope.INVITATIONS_WRITE)
    body = json_body()
    invitation = ask_by_api(
        wiring.surveys().get(survey),
        read_invitation(body),
        body,
        header("idempotency-key"),
        key,
        moments.now(),
        wiring.asking(),
    )
    return json_response(201, show(invitation), Location=f"/v1/invitations/{invitation.id}")


@api.route("/v1/surveys/{survey}/links", methods=["POST"], content_types=["*/*"])
@answering_problems
def hand_out_links(survey: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.bodies import read_links
    from chalicelib.api.links import hand_out_by_api, show_links

    key = sign_in(Scope.INVITATIONS_WRITE)
    body, definition = json_body(), wiring.surveys().get(survey)
    request, ticket = read_links(body)
    again = header("idempotency-key")
    # Asked for first, so that nobody is counted as asked by links that cannot be given.
    address = own_address()
    made = hand_out_by_api(
        definition, request, ticket, body, again, key, moments.now(), wiring.handing_out()
    )
    links = show_links(made, definition, address, wiring.token_keys())
    return json_response(201, links, Location=f"/v1/invitations/{made.invitation.id}")


@api.route("/v1/invitations/{invitation}", methods=["GET"])
@answering_problems
def show_invitation(invitation: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.api.invitations import show

    sign_in(Scope.INVITATIONS_READ)
    return json_response(200, show(wiring.invitations().get(invitation)))
