"""An account, its contacts, and what they were asked."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib import moments
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.invitation import Invitation
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from tests.functional.conftest import Heed
from tests.support.samples import invitation

ACME = "/v1/accounts/acme"
CONTACTS = f"{ACME}/contacts"
IMPORTS = f"{CONTACTS}/imports"


def put(heed: Heed, contact: str, /, **fields: Any) -> dict[str, Any]:
    body = {"email": f"{contact}@acme.example.com", **fields}
    answer = heed.call("PUT", f"{CONTACTS}/{contact}", body)
    assert answer.status_code == 200, answer.body
    shown: dict[str, Any] = answer.json_body
    return shown


def asked(name: str, at: datetime | None = None, **changes: Any) -> Invitation:
    """As the mail room leaves it, with the contact ledger."""
    person = invitations_wiring.person_of(f"{name}@acme.example.com")
    at = at or moments.now() - timedelta(days=3)
    made = invitation(f"{name} {at}", person=person, created_at=at, sent_at=at, **changes)
    invitations_wiring.invitations().add(made, invitations_wiring.people().get(person))
    return made


def answered(made: Invitation, score: int) -> None:
    now = moments.now()
    record_response(
        made.id, Answer(score), new_operation(now), "UTC", now, responses_wiring.record_needs()
    )


def contacts(heed: Heed, query: str = "", **arguments: Any) -> dict[str, Any]:
    answer = heed.call("GET", CONTACTS + query, **arguments)
    assert answer.status_code == 200, answer.body
    found: dict[str, Any] = answer.json_body
    return found
