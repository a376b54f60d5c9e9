"""An unhappy answer reaches the owner of its task by e-mail on the deployed stack."""

import re

import pytest

from tests.conftest import Stack
from tests.support.outside import BROWSER, PRESSED, Outside, filled_in, open_page, post_form

pytestmark = pytest.mark.slow
ADDRESS = "olav.owner@example.com"
TEAM = {
    "name": "Owners",
    "people": [{"id": "olav", "name": "Olav", "email": ADDRESS, "lang": "nb"}],
    "owner_rule": "named",
    "owner": "olav",
}
SURVEY = {
    "name": "Who owns it",
    "success": "Whoever is unhappy is called.",
    "question": "How likely are you to recommend us?",
    "team": "Support",
    "audience": "external",
    "task_team": "owners",
}


def test_the_owner_of_an_unhappy_answer_gets_its_words_and_a_link(stack: Stack) -> None:
    outside = Outside(stack)
    assert outside.api("PUT", "/v1/teams/owners", TEAM).status == 200
    assert outside.api("PUT", "/v1/surveys/who-owns-it", SURVEY).status == 200
    _, links = outside.links_for("who-owns-it", "unhappy")
    page = open_page(links[2])
    said = filled_in(page.text, 2, "It broke twice.") | PRESSED
    assert post_form(links[2], said, BROWSER).status == 200
    (mail,) = outside.wait_for_mails(ADDRESS)
    html = outside.html_of(mail)
    assert "Ny oppgave" in html
    assert "It broke twice." in html
    assert len(re.findall(rf'href="{stack.api}/t/[a-z2-7]+"', html)) == 1
