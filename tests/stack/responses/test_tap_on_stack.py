"""A survey that counts the tap itself, on the deployed stack: the functions' permissions,
the API's routes, the tick."""

import json
import re
from typing import Any

import pytest

from tests.conftest import Stack
from tests.support.filling import SEEN
from tests.support.outside import BROWSER, MOUSE, Answer, Outside, call, nonce_in, open_page, until

pytestmark = pytest.mark.slow
SURVEY = "one-tap"


@pytest.fixture(scope="module")
def outside(stack: Stack) -> Outside:
    made = Outside(stack)
    survey = {
        "name": "One tap",
        "success": "Whoever was helped says so in one tap.",
        "question": "How likely are you to recommend us?",
        "team": "Support",
        "audience": "external",
    }
    assert made.api("PUT", f"/v1/surveys/{SURVEY}", survey).status == 200
    return made


def links_for(outside: Outside, address: str) -> dict[int, str]:
    asked = outside.api("POST", f"/v1/surveys/{SURVEY}/invitations", {"email": address})
    assert asked.status == 201
    (mail,) = outside.wait_for_mails(address)
    return outside.links_in(mail)


def opened(url: str) -> tuple[str, Answer]:
    page = open_page(url)
    return nonce_in(page.text), page


def beacon(url: str, nonce: str, kind: str, **said: Any) -> None:
    body = json.dumps({"nonce": nonce, "type": kind, **SEEN, **said}).encode()
    address = url.rpartition("/")[0] + "/evidence"
    assert call("POST", address, body, BROWSER | {"Content-Type": "text/plain"}).status == 204


def test_a_tap_with_a_mouse_counts_without_any_button(outside: Outside) -> None:
    links = links_for(outside, "mouse@example.com")
    nonce, page = opened(links[9])
    assert "You chose 9" in page.text
    beacon(links[9], nonce, "hello")
    beacon(links[9], nonce, "gesture", gesture=MOUSE)
    (counted,) = outside.responses(SURVEY, "counted")
    assert (counted["score"], counted["why"]) == (9, "input")
    assert outside.api("GET", f"/v1/surveys/{SURVEY}/scores").json["responses"] == 1


def test_a_script_that_opens_every_link_is_held_and_an_operator_decides(outside: Outside) -> None:
    links = links_for(outside, "gateway@example.com")
    for url in links.values():
        nonce, _ = opened(url)
        beacon(url, nonce, "hello")
    (held,) = outside.responses(SURVEY, "held")
    assert held["why"] == "sweep"
    path = f"/v1/surveys/{SURVEY}/responses/{held['id']}"
    assert outside.api("PATCH", path, {"state": "dismissed"}).status == 200
    assert outside.responses(SURVEY, "held") == []
    judged = outside.api("GET", f"/v1/surveys/{SURVEY}/judged").json
    assert judged["states"]["dismissed"] == 1


def test_a_phone_that_only_looked_settles(outside: Outside) -> None:
    links = links_for(outside, "phone@example.com")
    nonce, _ = opened(links[2])
    for kind in ("hello", "dwell"):
        beacon(links[2], nonce, kind, touch=True)
    (settling,) = outside.responses(SURVEY, "settling")
    assert settling["score"] == 2
    assert settling["settles_at"] > settling["answered_at"]
    # Ten minutes are not waited for here; the tick may read what it would settle.
    outside.tick()
    assert len(outside.responses(SURVEY, "settling")) == 1


def test_a_detractor_s_tap_opens_a_task(outside: Outside) -> None:
    links = links_for(outside, "unhappy@example.com")
    nonce, _ = opened(links[1])
    beacon(links[1], nonce, "hello")
    beacon(links[1], nonce, "gesture", gesture=MOUSE)

    def task() -> Any:
        items = outside.api("GET", "/v1/tasks?limit=100").json["items"]
        return next((one for one in items if one["survey"] == SURVEY), None)

    assert until(task, what="the task")["response"]["score"] == 1


def test_a_page_of_a_judged_survey_runs_only_its_own_script(outside: Outside) -> None:
    links = links_for(outside, "reader@example.com")
    _, page = opened(links[5])
    policy = page.headers["Content-Security-Policy"]
    assert re.search(r"script-src 'sha256-[^']+'; connect-src 'self'", policy)
    assert page.text.count("<script") == 1
