"""A help desk tells that a ticket is open again."""

import json
from datetime import timedelta
from typing import Any

import pytest
from chalice.test import HTTPResponse
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.hook import Hook
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.helpdesks.test_hooks import changed, deliver
from tests.support.kept_secrets import write_secrets
from tests.support.samples import SURVEY

SECRET = "a-secret-of-these-tests-0"


@pytest.fixture(autouse=True)
def _waits(heed: Heed) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, delay_minutes=60))
    surveys_wiring.catalogue.cache_clear()


def at(minute: int) -> str:
    return moments.to_text(moments.now() + timedelta(minutes=minute - 60))


def tell(heed: Heed, event: str, minute: int) -> Any:
    body = changed(event=f"ticket.{event}", ticket__updated_at=at(minute))
    return deliver(heed, body, delivery=f"{event} {minute}").json_body


def states(heed: Heed) -> list[str]:
    return sorted(item["status"] for item in heed.items("INVITE"))


def test_the_invitation_that_waits_is_cancelled_and_the_api_shows_why(heed: Heed) -> None:
    made = tell(heed, "solved", 0)
    assert tell(heed, "reopened", 5)["reason"] == "invitation_cancelled"
    shown = heed.call("GET", f"/v1/invitations/{made['id']}").json_body
    assert (shown["status"], shown["reason"], shown["due_at"]) == ("cancelled", "reopened", None)


def test_the_next_resolution_asks_again(heed: Heed) -> None:
    tell(heed, "solved", 0)
    tell(heed, "reopened", 5)
    assert tell(heed, "solved", 10)["status"] == "accepted"
    assert states(heed) == ["cancelled", "waiting"]


def test_the_help_desks_own_times_decide_and_not_the_order(heed: Heed) -> None:
    tell(heed, "solved", 10)
    assert tell(heed, "reopened", 5)["reason"] == "solved_since"
    assert states(heed) == ["waiting"]


def test_a_resolution_behind_its_reopening_asks_nobody(heed: Heed) -> None:
    assert tell(heed, "reopened", 5)["reason"] == "nothing_waits"
    assert tell(heed, "solved", 0)["reason"] == "reopened_since"
    assert states(heed) == []


def test_what_went_out_stays_out(heed: Heed) -> None:
    surveys_wiring.surveys().put(SURVEY)
    surveys_wiring.catalogue.cache_clear()
    tell(heed, "solved", 0)
    assert tell(heed, "reopened", 5)["reason"] == "invitation_cancelled"  # it is in the queue
    assert states(heed) == ["cancelled"]


def desk(heed: Heed, source: str, body: dict[str, Any], **headers: str) -> HTTPResponse:
    write_secrets({source: [SECRET]})
    if helpdesks_wiring.hooks().find(source, source) is None:
        helpdesks_wiring.hooks().add(Hook(source, source, SURVEY.id))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {"Content-Type": "application/json", "Authorization": f"Bearer {SECRET}", **named}
    path = f"/v1/hooks/{source}/{source}"
    answer: HTTPResponse = heed.http.post(path, headers=sent, body=json.dumps(body).encode())
    return answer


def chat(heed: Heed, status: str, before: str, minute: int) -> Any:
    seconds = moments.from_text(at(minute)).timestamp()
    body = {
        "event": "conversation_status_changed",
        "id": 7,
        "status": status,
        "changed_attributes": [{"status": {"previous_value": before, "current_value": status}}],
        "updated_at": seconds,
        "meta": {"sender": {"email": "ingrid@example.com"}},
    }
    return desk(heed, "chatwoot", body).json_body


def test_a_status_that_is_not_solved_any_more_says_it_too(heed: Heed) -> None:
    assert chat(heed, "resolved", "open", 0)["status"] == "accepted"
    assert chat(heed, "open", "resolved", 5)["reason"] == "invitation_cancelled"
    assert chat(heed, "resolved", "open", 10)["status"] == "accepted"
    assert states(heed) == ["cancelled", "waiting"]


def test_a_ticket_that_was_never_solved_is_not_open_again(heed: Heed) -> None:
    assert chat(heed, "open", "pending", 0)["reason"] == "status_not_solved"
    assert heed.items("TICKET") == []


def fresh(heed: Heed, before: int, after: int, status: str) -> Any:
    ticket = {
        "ticket_id": 48213,
        "ticket_status": status,
        "ticket_contact_email": "ingrid@example.com",
        "triggered_event": f"{{status:{{from:{before},to:{after}}}}}",
    }
    return desk(heed, "freshdesk", {"freshdesk_webhook": ticket}).json_body


def test_a_tool_that_sends_no_time_asks_again_on_the_same_day(heed: Heed) -> None:
    for _ in range(2):
        assert fresh(heed, 2, 4, "Resolved")["status"] == "accepted"
        assert fresh(heed, 4, 2, "Open")["reason"] == "invitation_cancelled"
    assert fresh(heed, 2, 4, "Resolved")["status"] == "accepted"
    assert states(heed) == ["cancelled", "cancelled", "waiting"]


def test_a_time_ahead_of_ours_shuts_nobody_out(heed: Heed) -> None:
    tell(heed, "reopened", 60 * 24 * 365)
    assert tell(heed, "solved", 60)["status"] == "accepted"


def test_whoever_is_known_by_an_id_is_asked(heed: Heed) -> None:
    said = {"email": "ingrid@example.com", "external_ids": ["chatwoot:emp-417"]}
    body = {
        "event": "conversation_status_changed",
        "id": 7,
        "status": "resolved",
        "updated_at": moments.now().timestamp(),
        "meta": {"sender": {"identifier": "emp-417"}},
    }
    assert desk(heed, "chatwoot", body).json_body["reason"] == "address_unknown"
    heed.call("POST", "/v1/people", said)
    assert desk(heed, "chatwoot", body).json_body["status"] == "accepted"
    assert heed.items("INVITE")[0]["email"] == "ingrid@example.com"
