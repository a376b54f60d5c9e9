"""The list of what is wrong with a form stands first on the page. Each entry names its field and
leads to it, in the order of the fields."""

import re
from html import unescape
from typing import Any

import pytest

from tests.functional.conftest import Heed
from tests.support.members import Browser, signed_in
from tests.support.setup_pages import send

NEW = "/app/setup/new-survey"


@pytest.fixture
def browser(heed: Heed) -> Browser:
    return signed_in(heed)


def listed(page: Any) -> list[tuple[str, str]]:
    """Where each entry leads to, and what it says."""
    html = page.body.decode()
    (found,) = re.findall(r'<div class="problem" role="alert">.*?</ul>', html, re.DOTALL)
    entries = re.findall(r"<li>(?:<a href=\"#([^\"]+)\">)?(.*?)(?:</a>)?</li>", found, re.DOTALL)
    return [(place, " ".join(unescape(words).split())) for place, words in entries]


def test_an_entry_names_its_field_and_leads_to_it(browser: Browser) -> None:
    answer = send(browser, browser.open(NEW), NEW, id="visits")
    entries = [("f-name", "Name: Please fill this in."), ("f-team", "Team: Please fill this in.")]
    assert listed(answer) == entries
    assert 'id="f-name"' in answer.body.decode()


def test_the_list_stands_before_the_heading(browser: Browser) -> None:
    html = send(browser, browser.open(NEW), NEW).body.decode()
    assert html.index('class="problem"') < html.index("<h1")


def test_of_fields_of_one_name_each_entry_says_which(browser: Browser) -> None:
    page = browser.open("/app/setup/new-team")
    changed = {"id": "desk-2", "name": "Desk", "0.name": "Ana", "1.name": "Bo"}
    answer = send(browser, page, "/app/setup/new-team", **changed)
    places = [place for place, _ in listed(answer)]
    html = answer.body.decode()
    assert len(places) >= 2
    assert all(f'id="{place}"' in html for place in places)
    assert {words.partition(":")[0] for _, words in listed(answer)} >= {
        "Person 1, E-mail",
        "Person 2, E-mail",
    }


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("de", "Name: Bitte füllen Sie dies aus."),
        ("fr", "Nom : "),
        ("es", "Nombre: "),
        ("nb", "Navn: "),
    ],
)
def test_it_is_said_in_the_language_of_the_member(heed: Heed, lang: str, words: str) -> None:
    browser = signed_in(heed, lang=lang, address=f"{lang}@example.com")
    ((_, said), *_) = listed(send(browser, browser.open(NEW), NEW, id="visits"))
    assert said.startswith(words)


def test_what_is_wrong_with_the_whole_form_names_no_field(browser: Browser) -> None:
    answer = browser.post(NEW, {"csrf": "wrong", "name": "Visits"})
    assert listed(answer) == [("", "Please press the button again.")]
