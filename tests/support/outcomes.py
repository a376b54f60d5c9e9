"""People who were asked, and what they did afterwards."""

from datetime import datetime, timedelta
from typing import Any

import time_machine

from chalicelib import moments, wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY, stored_invitation

OUTCOMES = "/v1/outcomes"
REPORT = f"/v1/surveys/{SURVEY.id}/outcomes"


def before(days: int) -> datetime:
    return moments.now() - timedelta(days=days)


def told(kind: str = "referral", **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "happened_at": moments.to_text(before(150)), **fields}


def mail(name: str) -> str:
    return f"{name}@example.com"


def asked(name: str, days: int = 300) -> str:
    person = invitations_wiring.person_of(mail(name))
    at = before(days)
    made = stored_invitation(wiring.table(), name, person=person, created_at=at, sent_at=at)
    return made.id


def answered(name: str, score: int, days: int = 290) -> str:
    invitation = asked(name, days + 1)
    at = before(days)
    record_response(
        invitation, Answer(score), new_operation(at), "UTC", at, responses_wiring.record_needs()
    )
    return invitation


def record(heed: Heed, body: dict[str, Any], status: int = 201) -> dict[str, Any]:
    answer = heed.call("POST", OUTCOMES, body)
    assert answer.status_code == status, answer.body
    outcome: dict[str, Any] = answer.json_body
    return outcome


def report(heed: Heed, kind: str = "referral", query: str = "") -> dict[str, Any]:
    answer = heed.call("GET", f"{REPORT}?kind={kind}{query}")
    assert answer.status_code == 200, answer.body
    found: dict[str, Any] = answer.json_body
    return found


def row(found: dict[str, Any], group: str) -> dict[str, Any]:
    return next(one for one in found["rows"] if one["group"] == group)


def account(heed: Heed, name: str, *contacts: str, audience: str = "internal") -> None:
    """With contacts of whom we have known for long."""
    heed.call("PUT", f"/v1/accounts/{name}", {"name": name, "audience": audience})
    for contact in contacts:
        path = f"/v1/accounts/{name}/contacts/{contact}"
        with time_machine.travel(before(400), tick=False):
            assert heed.call("PUT", path, {"email": mail(contact)}).status_code == 200
