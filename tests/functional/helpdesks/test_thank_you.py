"""A "thank you" opens a ticket that was asked about, and somebody solves it again."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import keys, wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Update
from tests.functional.conftest import Heed
from tests.functional.helpdesks.test_reopened import chat, desk, fresh, states, tell
from tests.support.samples import SURVEY


@pytest.fixture(autouse=True)
def _waits_and_throttles_nobody(heed: Heed) -> None:
    changed = {"delay_minutes": 60, "throttle_days": 0}
    surveys_wiring.surveys().put(replace(SURVEY, **changed))
    surveys_wiring.catalogue.cache_clear()


def send(heed: Heed) -> None:
    """As the function that mails leaves it."""
    for item in heed.items("INVITE"):
        sent = {"status": "sent", "asked_day": "2026-11-29", "attempts": 1}
        wiring.table().write(Update(keys.invitation(item["id"]), set=sent))


def lines(heed: Heed) -> list[tuple[str, str]]:
    return sorted((item["result"], item.get("reason", "")) for item in heed.items("HOOKED"))


def test_it_asks_nobody_again_and_says_why(heed: Heed) -> None:
    assert chat(heed, "resolved", "open", 0)["status"] == "accepted"
    send(heed)
    assert chat(heed, "open", "resolved", 30)["reason"] == "sent_already"
    for _ in range(2):
        again = chat(heed, "resolved", "open", 40)
        assert again == {"status": "ignored", "reason": "thanked"}
    assert states(heed) == ["sent"]
    assert ("ignored", "thanked") in lines(heed)


def test_the_next_one_is_a_thank_you_too(heed: Heed) -> None:
    chat(heed, "resolved", "open", 0)
    send(heed)
    for minute in (5, 20):
        assert chat(heed, "open", "resolved", minute)["reason"] == "sent_already"
        assert chat(heed, "resolved", "open", minute + 5)["reason"] == "thanked"


def test_one_that_waited_is_asked_once(heed: Heed) -> None:
    chat(heed, "resolved", "open", 0)
    assert chat(heed, "open", "resolved", 5)["reason"] == "invitation_cancelled"
    assert chat(heed, "resolved", "open", 6)["status"] == "accepted"
    assert states(heed) == ["cancelled", "waiting"]


def conversation(labels: list[str], before: str) -> dict[str, Any]:
    return {
        "event": "conversation_status_changed",
        "id": 7,
        "status": "resolved",
        "labels": labels,
        "changed_attributes": [{"status": {"previous_value": before}}],
        "updated_at": before,
        "meta": {"sender": {"email": "ingrid@example.com"}},
    }


def test_a_tool_that_tells_it_needs_no_reopening(heed: Heed) -> None:
    assert desk(heed, "chatwoot", conversation([], "open")).json_body["status"] == "accepted"
    send(heed)
    thanked = conversation(["thank_you"], "pending")
    assert desk(heed, "chatwoot", thanked).json_body["reason"] == "thanked"
    assert desk(heed, "chatwoot", conversation([], "snoozed")).json_body["status"] == "accepted"


def test_a_mark_of_thanks_on_what_nobody_was_asked_about_asks(heed: Heed) -> None:
    marked = desk(heed, "chatwoot", conversation(["thank_you"], "open"))
    assert marked.json_body["status"] == "accepted"


def test_a_reopening_cancels_each_that_waits_for_the_ticket(heed: Heed) -> None:
    for minute in (0, 5, 10):
        assert tell(heed, "solved", minute)["status"] == "accepted"
    assert tell(heed, "reopened", 15)["reason"] == "invitation_cancelled"
    assert states(heed) == ["cancelled"] * 3


def test_a_second_resolution_on_one_day_is_noted_where_no_time_is_told(heed: Heed) -> None:
    fresh(heed, 2, 4, "Resolved")
    send(heed)
    assert fresh(heed, 4, 2, "Open")["reason"] == "sent_already"
    assert fresh(heed, 2, 4, "Resolved")["reason"] == "taken_before"
    (ticket,) = heed.items("TICKET")
    assert ticket["state"] == "solved"
    assert "reopened_at" not in ticket
