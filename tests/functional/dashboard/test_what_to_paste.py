"""What to paste into a help desk stands as steps, each text to paste in a field of its own."""

import re
from html import unescape

import pytest

from chalicelib.helpdesks import registry
from tests.functional.conftest import HOOK, Heed
from tests.support.members import signed_in
from tests.support.samples import SURVEY
from tests.support.setup_pages import send

DESKS = "/app/setup/helpdesks"
PASTED = re.compile(r'<textarea class="paste" readonly rows="(\d+)"[^>]*>\n(.*?)</textarea>', re.S)


def test_the_page_of_a_help_desk_has_steps(heed: Heed) -> None:
    page = signed_in(heed).open(f"{DESKS}/zendesk/{HOOK}").body.decode()
    assert page.count("<li value=") == 3
    ((rows, pasted),) = PASTED.findall(page)
    assert unescape(pasted).splitlines()[:2] == ["{", '  "source": "zendesk",']
    assert int(rows) == len(pasted.splitlines())
    assert re.search(rf'<code class="copy">https://[^<]+/v1/hooks/zendesk/{HOOK}</code>', page)
    assert "<em>Webhooks</em>" in page
    assert "```" not in page


@pytest.mark.parametrize("source", [source.name for source in registry.every()])
def test_what_was_made_shows_its_secret_where_it_is_pasted(heed: Heed, source: str) -> None:
    browser = signed_in(heed)
    answer = send(browser, browser.open(DESKS), DESKS, source=source, survey=SURVEY.id)
    assert answer.status_code == 201
    page = answer.body.decode()
    paste = registry.every()[[one.name for one in registry.every()].index(source)].paste
    assert len(PASTED.findall(page)) == paste.count("\n```") // 2 + paste.startswith("```")
    assert page.count("<li value=") == len(re.findall(r"^\d+\. ", paste, re.M))
    (secret,) = re.findall(r'<input id="secret" type="text" readonly value="([^"]+)"', page) or [""]
    assert page.count(secret) > 1 or "SECRET" not in paste or not secret


def test_the_pages_of_help_desks_name_the_survey(heed: Heed) -> None:
    browser = signed_in(heed)
    for path in (DESKS, f"{DESKS}/zendesk/{HOOK}"):
        assert f"<bdi>{SURVEY.name}</bdi>" in browser.open(path).body.decode()
