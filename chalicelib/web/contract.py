"""What /v1 takes and gives, one entry per route. The document of the API is made from it
(infra/openapi.py, `make docs`), tests hold every answer to it; nothing here runs in a Lambda.

A new route: its shapes in chalicelib/api/shapes, and one entry below. A problem answer is
there by itself: 401 and 403 with a scope, 404 with a name in the path, 409 and 422 with a
query or a body, and 400, 413, 415 with a body.
"""

from chalicelib.api_keys.api_key import Scope
from chalicelib.helpdesks.schemas import HookAccepted, HookIgnored
from chalicelib.helpdesks.zendesk import ZendeskTrigger
from chalicelib.invitations.bodies import InvitationBody, LinksBody
from chalicelib.invitations.schemas import Invitation, Links
from chalicelib.surveys.schemas import Survey, SurveyBody, SurveyPage
from chalicelib.web.contract_after import AFTER
from chalicelib.web.contract_numbers import NUMBERS
from chalicelib.web.operation import JSON, Answer, Operation, made, ok
from chalicelib.web.pagination import PageQuery
from chalicelib.web.schemas import Health, Nothing

A_SURVEY = {
    "name": "IT Help Desk",
    "question": "How likely are you to recommend the IT Help Desk to a colleague?",
    "audience": "internal",
    "team": "IT Help Desk",
    "segments": ["group"],
    "success": "Four of five colleagues would recommend us, and every unhappy one is called.",
}
SOMEBODY = {
    "email": "ingrid.solheim@example.com",
    "name": "Ingrid Solheim",
    "ticket": {"id": "48213", "subject": "Laptop does not start"},
}


OPERATIONS = (
    Operation(
        "GET",
        "/v1/surveys",
        "List the surveys",
        ok("Surveys by id.", SurveyPage),
        Scope.SURVEYS_READ,
        query=PageQuery,
    ),
    Operation(
        "GET",
        "/v1/surveys/{survey}",
        "Show a survey",
        ok("The survey.", Survey),
        Scope.SURVEYS_READ,
    ),
    Operation(
        "PUT",
        "/v1/surveys/{survey}",
        "Make or change a survey",
        ok("The survey as it stands now.", Survey),
        Scope.SURVEYS_WRITE,
        "What is left out gets its default, not the value it had. The scale stays what it is once"
        " anybody was asked on it.",
        body=SurveyBody,
        example=A_SURVEY,
    ),
    Operation(
        "GET",
        "/v1/surveys/{survey}/qr",
        "Draw the open link as a QR code",
        {200: Answer("The drawing.", media_type="image/svg+xml")},
        Scope.SURVEYS_READ,
        "A survey without an open link has none: 404.",
        segments=True,
    ),
    Operation(
        "POST",
        "/v1/surveys/{survey}/invitations",
        "Ask a person",
        made("The invitation; `status` and `reason` tell if an e-mail goes out.", Invitation),
        Scope.INVITATIONS_WRITE,
        body=InvitationBody,
        example=SOMEBODY,
        repeats=True,
    ),
    Operation(
        "POST",
        "/v1/surveys/{survey}/links",
        "Get links for an e-mail of your own",
        made("A link for every score. Heed mails nothing.", Links),
        Scope.INVITATIONS_WRITE,
        "The same ticket gives the same links.",
        body=LinksBody,
        example=SOMEBODY,
        repeats=True,
    ),
    Operation(
        "GET",
        "/v1/invitations/{invitation}",
        "Show what became of an invitation",
        ok("The invitation.", Invitation),
        Scope.INVITATIONS_READ,
    ),
    Operation(
        "GET",
        "/v1/hooks/{source}/{hook}",
        "Test the connection of a help desk",
        ok("Somebody is there.", Nothing),
    ),
    Operation(
        "HEAD",
        "/v1/hooks/{source}/{hook}",
        "Test the connection of a help desk",
        {200: Answer("Somebody is there.", media_type="")},
    ),
    Operation(
        "POST",
        "/v1/hooks/{source}/{hook}",
        "Take a help desk's trigger",
        {202: Answer("Taken; `ignored` when nobody is to be asked.", (HookAccepted, HookIgnored))},
        description="docs/zendesk.md tells what to paste into Zendesk.",
        body=ZendeskTrigger,
        signed=True,
    ),
    Operation("GET", "/v1/health", "Tell that the API is up", ok("It is.", Health)),
    Operation(
        "GET",
        "/v1/openapi.json",
        "Show this document",
        {200: Answer("OpenAPI 3.1.", media_type=JSON)},
        cached=True,
    ),
    Operation(
        "GET",
        "/v1/docs",
        "Show the page to read and try the API",
        {200: Answer("The page.", media_type="text/html")},
        cached=True,
    ),
    Operation(
        "GET",
        "/v1/docs/{file}",
        "Show a part of that page",
        {200: Answer("Its script or style.", media_type="text/*")},
        cached=True,
    ),
    *NUMBERS,
    *AFTER,
)
