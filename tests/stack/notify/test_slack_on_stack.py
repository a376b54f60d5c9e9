"""Slack on the deployed stack: an unhappy answer comes into the channel, and the button of its
message takes the task."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from chalicelib.api_keys.api_key import Scope
from tests.attack.credentials import key_with
from tests.conftest import Stack
from tests.support.chat_vendors import Slack
from tests.support.outside import (
    BROWSER,
    PRESSED,
    Answer,
    Outside,
    call,
    filled_in,
    open_page,
    post_form,
    until,
)
from tests.support.slack_press import SECRET, closed, signed, taken
from tests.support.vendor import serving

pytestmark = pytest.mark.slow
PATH = "/v1/surveys/in-a-channel"
SURVEY = {
    "name": "In a channel",
    "success": "Nobody unhappy is left alone.",
    "question": "How likely are you to recommend us?",
    "team": "Support",
    "audience": "external",
    "task_team": "in-a-channel",
    "causes": ["No answer", "Wrong fix"],
}
KARI = {"id": "kari", "name": "Kari", "email": "kari@example.com", "slack": "U0FICTIONAL"}


@dataclass
class Channel:
    outside: Outside
    slack: Slack
    address: str

    def unhappy(self, who: str, words: str) -> str:
        invitation, links = self.outside.links_for("in-a-channel", who)
        page = open_page(links[2])
        fields = {**filled_in(page.text, 2), **PRESSED, "comment": words}
        assert post_form(links[2], fields, BROWSER).status == 200
        return invitation

    def message(self, words: str) -> Any:
        def found() -> Any:
            return next((said for said in self.slack.posted if words in str(said)), None)

        return until(found, what=f"a message with {words!r}")

    def press(self, raw: bytes, secret: str = SECRET) -> Answer:
        return call("POST", self.address, raw, signed(raw, datetime.now(UTC), secret))

    def task(self, invitation: str) -> Any:
        return self.outside.api("GET", f"/v1/tasks/{invitation}").json


@pytest.fixture(scope="module")
def channel(stack: Stack) -> Iterator[Channel]:
    admin = key_with(stack, *Scope)
    outside, slack = Outside(replace(stack, key=admin)), Slack()
    team = {"name": "Support", "people": [KARI]}
    assert outside.api("PUT", "/v1/teams/in-a-channel", team).status == 200
    assert outside.api("PUT", PATH, SURVEY).status == 200
    with serving(slack):
        url = f"http://127.0.0.1:{slack.port}/services/x"
        webhook = {"name": "Desk", "kind": "slack", "url": url, "events": ["TaskOpened"]}
        webhook |= {"team": "in-a-channel", "surveys": ["in-a-channel"]}
        made = outside.api("POST", "/v1/webhooks", webhook)
        assert made.status == 201, made.text
        actions = f"/v1/webhooks/{made.json['id']}/actions"
        put = outside.api("PUT", actions, {"signing_secret": SECRET})
        assert urlsplit(put.json["request_url"]).path.endswith(actions)
        yield Channel(outside, slack, stack.api + actions)


def test_a_button_takes_the_task_that_an_unhappy_answer_opened(channel: Channel) -> None:
    task = channel.unhappy("slack-one", 'It "fell" & <!channel> broke.')
    message = channel.message("&amp; &lt;!channel&gt; broke.")
    (buttons,) = [block for block in message["blocks"] if block["type"] == "actions"]
    assert buttons["block_id"] == f"task:{task}"
    assert channel.press(taken(task, response_url=None), "another secret").status == 401
    assert channel.task(task)["state"] == "open"
    assert channel.press(taken(task, response_url=None)).status == 200
    shown = channel.task(task)
    assert (shown["state"], shown["owner"]) == ("taken", "kari")


def test_its_menu_closes_the_task_with_a_cause(channel: Channel) -> None:
    task = channel.unhappy("slack-two", "Nobody called.")
    channel.message("Nobody called.")
    assert channel.press(closed(task, "No answer", response_url=None)).status == 200
    assert channel.task(task)["cause"] == "No answer"
