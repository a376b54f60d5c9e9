"""A receiver on this machine hears of an answer on the deployed stack: by the rule of the bus, the
queue and the function with its own role."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib.api_keys.api_key import Scope
from tests.attack.credentials import key_with
from tests.conftest import Stack
from tests.support.outside import (
    BROWSER,
    PRESSED,
    Outside,
    filled_in,
    open_page,
    post_form,
    until,
)
from tests.support.receiver import Heard, Receiver, receiving, status

pytestmark = pytest.mark.slow
SURVEY = {
    "name": "Heard elsewhere",
    "success": "Another system knows within seconds.",
    "question": "How likely are you to recommend us?",
    "team": "Support",
    "audience": "external",
    "task_team": "heard-elsewhere",
}
TEAM = {"name": "Support", "people": []}


@pytest.fixture(scope="module")
def outside(stack: Stack) -> Outside:
    made = Outside(replace(stack, key=key_with(stack, *Scope)))
    assert made.api("PUT", "/v1/teams/heard-elsewhere", TEAM).status == 200
    assert made.api("PUT", "/v1/surveys/heard-elsewhere", SURVEY).status == 200
    return made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    # Busy at first, so that a tick has to bring the call again.
    with receiving(status(500), status(204)) as made:
        yield made


def calls(receiver: Receiver, kind: str) -> list[Heard]:
    return [heard for heard in receiver.heard if json.loads(heard.body)["type"] == kind]


def test_a_receiver_gets_the_signed_call_of_an_answer(outside: Outside, receiver: Receiver) -> None:
    from standardwebhooks import Webhook

    asked = {"name": "Here", "url": receiver.url, "team": "heard-elsewhere"}
    chosen = {"events": ["ResponseRecorded"], "surveys": ["heard-elsewhere"]}
    made = outside.api("POST", "/v1/webhooks", asked | chosen)
    assert made.status == 201, made.text
    _, links = outside.links_for("heard-elsewhere", "unhappy")
    page = open_page(links[2])
    post_form(links[2], {**filled_in(page.text, 2), **PRESSED}, BROWSER)
    told = until(lambda: calls(receiver, "ResponseRecorded")[1:2], 150, what="the second call")[0]
    data = Webhook(made.json["secret"]).verify(told.body, told.headers)["data"]
    assert (data["survey"], data["score"], data["band"]) == ("heard-elsewhere", 2, "detractor")
    path = f"/v1/webhooks/{made.json['id']}"
    (sent,) = until(
        lambda: [
            one
            for one in outside.api("GET", f"{path}/deliveries").json["items"]
            if one["state"] == "sent"
        ],
        what="the note of the call",
    )
    assert (sent["id"], sent["tries"], sent["status"]) == (told.headers["webhook-id"], 2, 204)
    assert outside.api("DELETE", path).status == 204
