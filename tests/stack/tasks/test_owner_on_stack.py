"""From an unhappy answer to a closed task on the deployed stack, by the owner's e-mail alone."""

import re
from html import unescape

import pytest

from tests.conftest import Stack
from tests.support.outside import (
    BROWSER,
    PRESSED,
    Outside,
    filled_in,
    open_page,
    post_form,
)

pytestmark = pytest.mark.slow
PATH = "/v1/surveys/owners-of-tasks"
OWNER = "owner-of-a-task@example.com"
WORDS = "The printer on the second floor is out of order again."
SURVEY = {
    "name": "Owners",
    "success": "Whoever is unhappy is called.",
    "question": "How likely are you to recommend us?",
    "team": "Support",
    "audience": "internal",
    "counts": "send",
    "task_team": "owners",
}
TEAM = {
    "name": "Support",
    "people": [{"id": "kari", "name": "Kari", "email": OWNER, "lang": "nb"}],
    "owner_rule": "named",
    "owner": "kari",
}


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def test_the_owner_s_mail_opens_the_task_which_is_taken_and_closed(stack: Stack) -> None:
    outside = Outside(stack)
    assert outside.api("PUT", "/v1/teams/owners", TEAM).status == 200
    assert outside.api("PUT", PATH, SURVEY).status in (200, 201)
    invitation, links = outside.links_for("owners-of-tasks", "owner-1")
    form = {**filled_in(open_page(links[2]).text, 2, WORDS), **PRESSED}
    assert post_form(links[2], form, BROWSER).status == 200
    (mail,) = outside.wait_for_mails(OWNER, 1, seconds=200)
    html = unescape(outside.html_of(mail))
    assert WORDS in html
    found = re.search(r'href="(https?://[^"]+/t/[a-z2-7]+)"', html)
    assert found
    url = found[1]
    page = open_page(url)
    assert (page.status, WORDS in unescape(page.text)) == (200, True)
    taken = post_form(f"{url}/", {"version": version_in(page.text), "act": "take"}, BROWSER)
    assert taken.status == 200
    closing = {"version": version_in(taken.text), "act": "close", "cause": "Printer"}
    assert post_form(f"{url}/", closing, BROWSER).status == 200
    shown = outside.api("GET", f"/v1/tasks/{invitation}").json
    assert (shown["state"], shown["cause"]) == ("closed", "Printer")
    assert [entry["by"] for entry in shown["history"]] == ["kari", "kari"]
    assert open_page(url).status == 404
