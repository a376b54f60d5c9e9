"""One of every kind of item that is read again, made as people and the background make them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.invitation import Status
from chalicelib.notify.effects.handlers import plan_effects
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
from chalicelib.teams.schemas import EXAMPLE as TEAM
from chalicelib.webhooks import wiring as webhooks_wiring
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import due
from tests.support.accounts import CONTACTS, put
from tests.support.deliveries import WEBHOOK, delivery
from tests.support.samples import SURVEY, invitation, stored_invitation

HOME = Client("home", "desktop", marker="cookie")


def facts(at: float) -> Iterator[Fact]:
    mouse = Gesture("pointermove", 5)
    yield Arrival(at, HOME, Place.SCORE, 2, "v")
    yield Beacon(at + 1, HOME, "v", 2, Signal.HELLO, gesture=mouse)
    yield Act(at + 9, HOME, "v", 2, at, "op", trusted=True, gesture=mouse, pressed_at=at + 8)
    yield Decision(at + 20, True, 3)


def make_every_kind(heed: Heed, now: datetime) -> None:
    survey = replace(SURVEY, counts="tap", themes={"Speed": ["slow"]})
    surveys_wiring.surveys().put(survey)
    surveys_wiring.catalogue.cache_clear()
    sent = now - timedelta(hours=1)
    made = stored_invitation(wiring.table(), "anna", created_at=sent, sent_at=sent)
    for fact in facts(sent.timestamp() + 600):
        responses_wiring.responses().note(made.id, fact, made.expires_at)
    tap.settle(made.id, now, responses_wiring.tap_needs(survey))
    plan_effects({"detail": {"id": "event", "response": made.id}})
    heed.call("PATCH", f"/v1/tasks/{made.id}", {"state": "closed", "cause": "Wi-Fi"})
    due("ben")
    asked = invitation("cora", status=Status.WAITING, sent_at=None, asked_day=None)
    invitations_wiring.invitations().add(asked, invitations_wiring.people().get(asked.person))
    heed.call("PUT", "/v1/accounts/acme", {"name": "Acme", "audience": "external"})
    heed.call("PUT", "/v1/teams/desk", TEAM)
    put(heed, "anna")
    webhooks_wiring.webhooks().add(WEBHOOK)
    webhooks_wiring.delivery_log().add(delivery(created_at=now))
    told = {"kind": "referral", "happened_at": moments.to_text(sent), "email": "anna@example.com"}
    heed.call("POST", "/v1/outcomes", told, Idempotency_Key="one")


def paths(heed: Heed) -> list[str]:
    """What shows them all."""
    anna = invitation("anna").id
    outcome = heed.items("OUTCOME")[0]["id"]
    return [
        *(f"/v1/surveys/{SURVEY.id}{part}" for part in ("", "/responses", "/scores", "/goals")),
        *(
            f"/v1/surveys/{SURVEY.id}{part}"
            for part in ("/causes", "/judged", "/outcomes?kind=referral")
        ),
        *("/v1/surveys", "/v1/tasks?state=closed", f"/v1/tasks/{anna}", "/v1/benchmarks"),
        *("/v1/accounts", "/v1/accounts/acme", CONTACTS, f"{CONTACTS}/anna"),
        *("/v1/teams", "/v1/teams/desk"),
        *("/v1/webhooks", f"/v1/webhooks/{WEBHOOK.id}", f"/v1/webhooks/{WEBHOOK.id}/deliveries"),
        *(f"/v1/outcomes/{outcome}", f"/v1/invitations/{anna}"),
        f"/v1/surveys/{SURVEY.id}/responses?updated_since=2026-01-01T00:00:00Z",
    ]
