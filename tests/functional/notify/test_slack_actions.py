"""A button of a Slack message is pressed: signed, once, in time, and by nobody else."""

import base64
import io
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from chalice.test import HTTPResponse
from msgspec.structs import replace

from app import app
from chalicelib import moments, wiring
from chalicelib.aws import clients
from chalicelib.notify.chat import action_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.webhooks import wiring as webhooks_wiring
from chalicelib.webhooks.webhook import Confidential, Kind, Off
from tests.functional.conftest import Heed
from tests.functional.tasks.test_tasks import opened
from tests.support.deliveries import WEBHOOK
from tests.support.problems import problem
from tests.support.samples import SURVEY
from tests.support.slack_press import ANSWER_TO, SECRET, closed, pressed, signed, taken
from tests.support.steps import Steps
from tests.support.webhooks import stored_webhook

PATH = f"/v1/webhooks/{WEBHOOK.id}/actions"
KARI = {"id": "kari", "name": "Kari", "email": "kari@example.com", "slack": "U0FICTIONAL"}


@dataclass
class Channel:
    heed: Heed
    task: str
    said: list[tuple[str, dict[str, Any]]]

    def press(self, raw: bytes, path: str = PATH, **headers: str) -> HTTPResponse:
        sent = signed(raw, moments.now()) | {
            name.replace("_", "-"): headers[name] for name in headers
        }
        return self.heed.call("POST", path, raw, **sent)

    def shown(self) -> Any:
        return self.heed.call("GET", f"/v1/tasks/{self.task}").json_body


@pytest.fixture
def channel(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Channel:
    said: list[tuple[str, dict[str, Any]]] = []

    def note(url: str | None, message: bytes) -> None:
        said.append((str(url), json.loads(message)))

    monkeypatch.setattr(action_wiring, "_answer", note)
    heed.call("PUT", "/v1/teams/desk", {"name": "Desk", "people": [KARI]})
    survey = replace(SURVEY, task_team="desk", causes=["No answer", "Wrong fix"])
    surveys_wiring.surveys().put(survey)
    stored_webhook(kind=Kind.SLACK, url=None)
    keep(SECRET)
    return Channel(heed, opened("a"), said)


def keep(*secrets: str) -> None:
    """As the signing secrets of the webhook."""
    kept = Confidential(secrets, "https://hooks.slack.com/services/x").kept()
    wiring.secrets().change("webhook-secrets", lambda all_: {**all_, WEBHOOK.id: kept})


def test_a_press_takes_the_task_and_replaces_the_message(channel: Channel) -> None:
    answer = channel.press(taken(channel.task))
    assert (answer.status_code, answer.body) == (200, b"")
    shown = channel.shown()
    assert (shown["state"], shown["owner"]) == ("taken", "kari")
    assert [entry["by"] for entry in shown["history"]] == ["kari"]
    assert {url for url, _ in channel.said} == {ANSWER_TO}
    assert channel.said[0][1]["blocks"][0]["text"]["text"] == "Owner: <@U0FICTIONAL>"


def test_whoever_takes_it_gets_the_link_to_their_own_page(channel: Channel) -> None:
    channel.press(taken(channel.task))
    (_, replaced), (_, whispered) = channel.said
    assert "/t/" not in str(replaced)
    (token,) = re.findall(r"/t/([a-z2-7]+)\|", whispered["text"])
    assert channel.heed.open(f"/t/{token}").status_code == 200


def test_a_choice_of_the_menu_closes_the_task(channel: Channel) -> None:
    channel.press(closed(channel.task, "Wrong fix", user={"id": "U7"}))
    shown = channel.shown()
    assert (shown["state"], shown["cause"], shown["history"][0]["by"]) == (
        "closed",
        "Wrong fix",
        "slack:U7",
    )


def test_the_same_press_twice_is_heard_once(channel: Channel) -> None:
    raw = taken(channel.task)
    headers = signed(raw, moments.now())
    assert channel.press(raw, **headers).status_code == 200
    channel.heed.call("PATCH", f"/v1/tasks/{channel.task}", {"state": "open"})
    assert channel.press(raw, **headers).status_code == 200
    assert channel.shown()["state"] == "open"


def test_bytes_that_the_gateway_hands_over_in_base64_are_verified_as_they_were_sent(
    channel: Channel,
) -> None:
    raw = taken(channel.task, note="\u00e9 \U0001f62e")
    event = {
        "resource": "/v1/webhooks/{webhook}/actions",
        "path": PATH,
        "httpMethod": "POST",
        "headers": signed(raw, moments.now()),
        "multiValueQueryStringParameters": None,
        "pathParameters": {"webhook": WEBHOOK.id},
        "stageVariables": None,
        "requestContext": {"resourcePath": "/v1/webhooks/{webhook}/actions", "httpMethod": "POST"},
        "body": base64.b64encode(raw).decode(),
        "isBase64Encoded": True,
    }
    assert app(event, None)["statusCode"] == 200
    assert channel.shown()["state"] == "taken"


def test_a_press_is_answered_after_few_calls(channel: Channel) -> None:
    """Slack waits for three seconds. A call of the table takes milliseconds, and the two messages
    to Slack end after 0.8 s each."""
    steps = Steps(clients.client("dynamodb"))
    with steps.running():
        channel.press(taken(channel.task))
    assert steps.calls <= 12
    assert len(channel.said) <= 2
    assert 2 * action_wiring.ANSWER_S < 2


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"x_slack_signature": "v0=" + "0" * 64}, 401),
        ({"x_slack_signature": ""}, 401),
        ({"x_slack_request_timestamp": "1531420618"}, 401),
    ],
)
def test_what_slack_did_not_sign_changes_nothing(
    channel: Channel, headers: dict[str, str], code: int
) -> None:
    assert channel.press(taken(channel.task), **headers).status_code == code
    assert (channel.shown()["state"], channel.said) == ("open", [])


def test_a_press_of_an_hour_ago_is_stale(channel: Channel) -> None:
    raw = taken(channel.task)
    headers = signed(raw, moments.now() - timedelta(hours=1))
    assert problem(channel.press(raw, **headers)) == (401, "timestamp-stale")
    assert channel.shown()["state"] == "open"


def test_either_of_two_secrets_signs_while_one_replaces_the_other(channel: Channel) -> None:
    raw = taken(channel.task)
    assert channel.press(raw, **signed(raw, moments.now(), "newer-secret")).status_code == 401
    keep("newer-secret", SECRET)
    webhooks_wiring.webhooks().note_new_secrets(WEBHOOK, "key")
    assert channel.press(raw, **signed(raw, moments.now(), "newer-secret")).status_code == 200


@pytest.mark.parametrize("path", ["/v1/webhooks/nobody/actions", "/v1/webhooks/other/actions"])
def test_a_webhook_that_there_is_not_or_that_is_no_channel_is_not_found(
    channel: Channel, path: str
) -> None:
    stored_webhook(id="other")
    assert problem(channel.press(taken(channel.task), path)) == (404, "not-found")


def test_a_channel_that_was_turned_off_takes_nothing(channel: Channel) -> None:
    webhooks_wiring.webhooks().turn_off(WEBHOOK, Off.BY_KEY)
    assert channel.press(taken(channel.task)).status_code == 404
    assert channel.shown()["state"] == "open"


def test_a_channel_of_another_survey_does_not_learn_of_the_task(channel: Channel) -> None:
    stored_webhook(id="far", kind=Kind.SLACK, url=None, surveys=frozenset({"another"}))
    kept = Confidential((SECRET,), "https://hooks.slack.com/services/x").kept()
    wiring.secrets().change("webhook-secrets", lambda all_: {**all_, "far": kept})
    channel.press(taken(channel.task), "/v1/webhooks/far/actions")
    assert channel.said[0][1]["text"] == "This task is not there any more."
    assert channel.shown()["state"] == "open"


def test_a_button_that_opens_a_page_writes_nothing(channel: Channel) -> None:
    before = channel.heed.stored()
    assert channel.press(pressed({"action_id": "open"}, channel.task)).status_code == 200
    assert channel.heed.stored() == before


@pytest.mark.parametrize("raw", [b"", b"{}", b"payload=%7B", b"payload=1", b"\x00\xff"])
def test_what_is_signed_and_no_press_is_refused_or_left_alone(channel: Channel, raw: bytes) -> None:
    assert channel.press(raw).status_code in (200, 400)
    assert channel.said == []


def test_nothing_of_a_press_is_logged(channel: Channel, log_lines: io.StringIO) -> None:
    channel.press(taken(channel.task))
    for told in ("U0FICTIONAL", "adaeze", "hooks.slack.com", SECRET):
        assert told not in log_lines.getvalue()
