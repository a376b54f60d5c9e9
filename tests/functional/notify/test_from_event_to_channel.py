"""An event of the bus, by the function that delivers and with its role, into a channel or a
ticket."""

import json
from typing import Any

import pytest

from chalicelib import moments, wiring
from chalicelib.helpdesks import zendesk_sign_in
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.notify.transport import Transport
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.settings import Settings
from chalicelib.webhooks import wiring as webhooks_wiring
from chalicelib.webhooks.webhook import Confidential, Kind
from tests.functional.conftest import HOOK, Heed
from tests.functional.tasks.test_tasks import opened
from tests.support.chat_vendors import Slack, Teams
from tests.support.deliveries import WEBHOOK
from tests.support.given_surveys import body_of
from tests.support.samples import SURVEY, stored_invitation
from tests.support.ticket_notes import note_delivery
from tests.support.vendor import serving
from tests.support.webhooks import queue, stored_webhook
from tests.support.zendesk import CLIENT, SECRET, Zendesk


@pytest.fixture(autouse=True)
def _loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Settings, "calls_loopback", True)


def keep(url: str) -> None:
    kept = Confidential((), url).kept()
    wiring.secrets().change("webhook-secrets", lambda all_: {**all_, WEBHOOK.id: kept})


def told(heed: Heed, name: str, **detail: Any) -> list[dict[str, Any]]:
    """What became of the deliveries that this event makes."""
    now = moments.to_text(moments.now())
    queue(name, occurred_at=now, version=1, **detail)
    return delivered(heed)


def delivered(heed: Heed) -> list[dict[str, Any]]:
    for item in heed.items("DELIVERY"):
        queue("DeliveryQueued", delivery=item["id"], kind=item["kind"])
    return heed.items("DELIVERY")


@pytest.mark.parametrize(("vendor", "kind"), [(Slack(), Kind.SLACK), (Teams(), Kind.TEAMS)])
def test_a_task_that_opens_is_told_in_the_channel(heed: Heed, vendor: Any, kind: Kind) -> None:
    heed.call("PUT", "/v1/teams/desk", {"name": "Desk"})
    heed.call("PUT", f"/v1/surveys/{SURVEY.id}", {**definition(), "task_team": "desk"})
    stored_webhook(kind=kind, url=None)
    with serving(vendor):
        keep(f"http://127.0.0.1:{vendor.port}/x")
        task = opened("a")
        (item,) = told(heed, "TaskOpened", task=task, survey=SURVEY.id, team="IT Help Desk")
    assert (item["status"], item["answer"]) == ("sent", 202 if kind is Kind.TEAMS else 200)
    assert "Ingrid Solheim" in json.dumps(vendor.posted)
    assert "hooks" not in str(heed.items("DELIVERY"))


def test_an_answer_leaves_its_note_by_the_hook_it_came_by(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    zendesk, post = Zendesk(), Transport.post

    def here(self: Transport, url: str, *given: Any) -> Any:
        mine = f"http://127.0.0.1:{zendesk.port}"
        return post(self, url.replace("https://acme.zendesk.com", mine), *given)

    monkeypatch.setattr(zendesk_sign_in, "_tokens", {})
    monkeypatch.setattr(Transport, "post", here)
    body = {"subdomain": "acme", "client_id": CLIENT, "client_secret": SECRET}
    assert heed.call("PUT", f"/v1/hooks/zendesk/{HOOK}/account", body).status_code == 200
    answered = answered_by_hook()
    with serving(zendesk):
        found = invitations_wiring.invitations().get(answered)
        webhooks_wiring.delivery_log().add(note_delivery(found, moments.now()))
        (item,) = delivered(heed)
    assert item["status"] == "sent"
    assert "slow" in zendesk.tickets["48213"][0]["html_body"]
    assert SECRET not in str(heed.stored())


def answered_by_hook() -> str:
    made, now = stored_invitation(wiring.table(), "a", hook=HOOK), moments.now()
    said = Answer(2, "It is slow.")
    record_response(made.id, said, new_operation(now), "UTC", now, responses_wiring.record_needs())
    return made.id


def definition() -> dict[str, Any]:
    return body_of(SURVEY)
