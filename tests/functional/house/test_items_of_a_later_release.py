"""Readers leave out what they do not know: an item of a later release is read as it is, while
a deploy goes on and after it was taken back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

import app
from chalicelib import keys, moments, wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.invitation import Status
from chalicelib.responses import tap
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.judge.facts import (
    Act,
    Arrival,
    Beacon,
    Client,
    Decision,
    Fact,
    Gesture,
    Place,
    Signal,
)
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Put, Update
from chalicelib.tasks.handlers import open_task, plan_follow_up
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock, due
from tests.support.accounts import CONTACTS, put
from tests.support.samples import SURVEY, invitation, stored_invitation

LATER = {"of_a_later_release": {"more": ["x"], "count": 2}}
NOW = moments.now()
HOME = Client("home", "desktop", marker="cookie")


def facts(at: float) -> Iterator[Fact]:
    mouse = Gesture("pointermove", 5)
    yield Arrival(at, HOME, Place.SCORE, 2, "v")
    yield Beacon(at + 1, HOME, "v", 2, Signal.HELLO, gesture=mouse)
    yield Act(at + 9, HOME, "v", 2, at, "op", trusted=True, gesture=mouse, pressed_at=at + 8)
    yield Decision(at + 20, True, 3)


def with_more(value: Any, name: str = "") -> Any:
    """An unknown attribute in every map. Themes and values of segments are words."""
    if not isinstance(value, dict) or name in ("themes", "segment_values"):
        return value
    return {part: with_more(one, part) for part, one in value.items()} | LATER


@pytest.fixture
def kinds(heed: Heed) -> set[str]:
    """One of every kind of item that is read again, each with an attribute more."""
    survey = SURVEY.model_copy(update={"counts": "tap", "themes": {"Speed": ["slow"]}})
    surveys_wiring.surveys().put(survey)
    surveys_wiring.catalogue.cache_clear()
    sent = NOW - timedelta(hours=1)
    made = stored_invitation(wiring.table(), "anna", created_at=sent, sent_at=sent)
    for fact in facts(sent.timestamp() + 600):
        responses_wiring.responses().note(made.id, fact, made.expires_at)
    tap.settle(made.id, NOW, responses_wiring.tap_needs(survey))
    open_task({"detail": {"id": "event", "response": made.id}})
    plan_follow_up({"detail": {"id": "event", "response": made.id}})
    heed.call("PATCH", f"/v1/tasks/{made.id}", {"state": "closed", "cause": "Wi-Fi"})
    due("ben")
    asked = invitation("cora", status=Status.WAITING, sent_at=None, asked_day=None)
    invitations_wiring.invitations().add(asked, invitations_wiring.people().get(asked.person))
    heed.call("PUT", "/v1/accounts/acme", {"name": "Acme", "audience": "external"})
    put(heed, "anna")
    told = {"kind": "referral", "happened_at": moments.to_text(sent), "email": "anna@example.com"}
    heed.call("POST", "/v1/outcomes", told, Idempotency_Key="one")
    items = heed.stored()
    for item in items:
        wiring.table().write(Put(with_more(item)))
    surveys_wiring.catalogue.cache_clear()
    return {item["SK"].partition("#")[0] for item in items}


def test_every_kind_of_item_is_read_with_an_attribute_more(heed: Heed, kinds: set[str]) -> None:
    wanted = {"SURVEY", "PERSON", "ASKED", "INVITE", "VISIT", "RESPONSE", "CHANGE", "TASK"}
    wanted |= {"FOLLOWUP", "ACCOUNT", "CONTACT", "OUTCOME", "HOOK", "KEY"}
    assert wanted <= kinds
    anna = invitation("anna").id
    outcome = heed.items("OUTCOME")[0]["id"]
    paths = [
        *(f"/v1/surveys/{SURVEY.id}{part}" for part in ("", "/responses", "/scores", "/goals")),
        *(
            f"/v1/surveys/{SURVEY.id}{part}"
            for part in ("/causes", "/judged", "/outcomes?kind=referral")
        ),
        *("/v1/surveys", "/v1/tasks?state=closed", f"/v1/tasks/{anna}", "/v1/benchmarks"),
        *("/v1/accounts", "/v1/accounts/acme", CONTACTS, f"{CONTACTS}/anna"),
        *(f"/v1/outcomes/{outcome}", f"/v1/invitations/{anna}"),
        f"/v1/surveys/{SURVEY.id}/responses?updated_since=2026-01-01T00:00:00Z",
    ]
    for path in paths:
        answer = heed.call("GET", path)
        assert answer.status_code == 200, (path, answer.body)
    shown = heed.call("GET", f"/v1/surveys/{SURVEY.id}/responses").json_body["items"]
    assert [(one["score"], one["ticket"]["id"]) for one in shown] == [(2, "48213")]


@pytest.mark.usefixtures("kinds")
def test_the_judge_the_tick_and_the_recount_read_them_too(heed: Heed) -> None:
    anna = invitation("anna").id
    found = responses_wiring.responses().facts_of(anna)
    assert (len(found.arrivals), len(found.beacons), len(found.acts)) == (1, 1, 1)
    assert found.acts[0].pressed_at == found.acts[0].at - 1
    app.tick({}, Clock())
    ben = wiring.table().get(keys.invitation(invitation("ben").id))
    assert ben
    assert (ben["status"], ben["of_a_later_release"]) == ("queued", LATER["of_a_later_release"])
    before = heed.stored()
    app.recount({}, Clock(900_000))
    assert heed.stored() == before


@pytest.mark.usefixtures("heed")
def test_a_kind_of_fact_that_is_new_is_left_out() -> None:
    made = stored_invitation(wiring.table(), "anna")
    noted = Arrival(NOW.timestamp(), HOME, Place.HOME)
    responses_wiring.responses().note(made.id, noted, made.expires_at)
    wiring.table().write(Update(keys.visit(made.id), set={"rumour#v#1": {"at": 1}}))
    assert responses_wiring.responses().facts_of(made.id).arrivals == (noted,)
