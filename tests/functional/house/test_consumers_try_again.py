"""A consumer of events that meets a conflict or a throttle tries again within its own time. Lambda
would call it again minutes later, and the local stack never."""

import json
from typing import Any

import pytest

import app
from chalicelib import moments, wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from tests.conftest import ROOT
from tests.functional.conftest import Heed
from tests.support.samples import stored_invitation

CONFLICT = ("before", "TransactionConflictException", 400)
# As often as the SDK tries by itself, and once more.
THROTTLED = [("before", "ThrottlingException", 400)] * 3
PLANS: list[dict[str, Any]] = [
    {"UpdateItem": [CONFLICT], "PutItem": [CONFLICT]},
    {"UpdateItem": THROTTLED, "PutItem": THROTTLED},
    {"GetItem": THROTTLED, "BatchGetItem": THROTTLED},
]


@pytest.fixture
def answer(heed: Heed) -> str:
    """An unhappy one, of somebody with an address."""
    made, now = stored_invitation(wiring.table(), "a"), moments.now()
    needs = responses_wiring.record_needs()
    record_response(made.id, Answer(2), new_operation(now), "UTC", now, needs)
    return made.id


@pytest.mark.parametrize("plan", PLANS, ids=["conflict", "throttled", "unreadable"])
def test_an_unhappy_answer_gets_its_task_and_its_follow_up(
    heed: Heed, answer: str, faulty: Any, plan: dict[str, Any]
) -> None:
    event = {"detail": {"id": "event", "response": answer}}
    faults = faulty(wiring.table()._table._client, plan)  # type: ignore[attr-defined]
    app.plan_effects(event, None)
    faults.plan = {operation: list(kinds) for operation, kinds in plan.items()}
    app.plan_effects(event, None)
    assert len(heed.items("TASK")) == len(heed.items("FOLLOWUP")) == 1


@pytest.mark.parametrize("plan", PLANS, ids=["conflict", "throttled", "unreadable"])
def test_a_bounce_is_noted(heed: Heed, answer: str, faulty: Any, plan: dict[str, Any]) -> None:
    event = json.loads((ROOT / "tests/data/ses/email_bounced_permanent.json").read_text())["event"]
    event["detail"]["mail"]["tags"] = {"invitation": [answer]}
    faulty(wiring.table()._table._client, plan)  # type: ignore[attr-defined]
    app.record_mail_event(event, None)
    assert "bounced_at" in heed.items("PERSON")[0]
