"""An invitation that a program asks for."""

from tests.support.samples import SURVEY

INVITATIONS = f"/v1/surveys/{SURVEY.id}/invitations"
ASKED = {
    "email": "ingrid.solheim@example.com",
    "name": "Ingrid Solheim",
    "ticket": {"id": "48213", "subject": "Laptop", "url": "https://desk.example.com/48213"},
    "segments": {"group": "Network"},
}
