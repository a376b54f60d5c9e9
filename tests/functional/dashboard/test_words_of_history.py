"""The history says in words what was done, for every act that there can be."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest

from chalicelib import wiring
from chalicelib.audit import Change, line_of
from chalicelib.languages import OF_MEMBERS
from chalicelib.web.routing import view_of
from tests.functional.conftest import Heed
from tests.functional.dashboard.test_every_page_is_noted import BUTTONS
from tests.functional.dashboard.test_every_page_is_noted import NOTED as PAGES
from tests.functional.house.test_every_command_is_noted import LONG
from tests.functional.house.test_every_command_is_noted import WALKS as COMMANDS
from tests.functional.web.test_every_change_is_noted import NOTED, app
from tests.support.members import signed_in
from tests.support.samples import NOW

HERE = "/app/setup/history"
OF_PAGES = {
    act
    for served in PAGES
    for act in BUTTONS.get(served.page.name, {"": served.page.name}).values()
}
VIEWS = [view_of(app.ROUTES[route]) for route in NOTED]
OF_API = {view.name for view in VIEWS}
OF_COMMANDS = {words.replace(" ", "_") for words in COMMANDS}
# What takes long has a line at its end, too.
ENDS = {view.name for view in VIEWS if view.rows} | {words.replace(" ", "_") for words in LONG}
ACTS = sorted(
    [(act, "/app/setup/x") for act in OF_PAGES]
    + [(act, "/v1/x") for act in OF_API | OF_COMMANDS | {f"{act}_done" for act in ENDS}]
)


def write(*lines: tuple[str, str]) -> None:
    for number, (act, what) in enumerate(lines):
        change = Change(NOW + timedelta(seconds=number), act, what, "operator")
        wiring.table().write(line_of(change, f"line-{number}"))


def said(heed: Heed, lang: str = "en") -> list[str]:
    """What was done, the newest first."""
    browser = signed_in(heed, lang=lang, address=f"{lang}@example.com")
    address, found = f"{HERE}?limit=100", []
    while address:
        page = browser.open(address).body.decode()
        rows = re.findall(r"<tr>\s*<td>.*?</td>.*?<td>(.*?)</td>", page, re.DOTALL)
        found += [unescape(row) for row in rows]
        more = re.search(r'href="([^"]+cursor=[^"]+)"', page)
        address = unescape(more[1]) if more else ""
    return found


@pytest.mark.parametrize("lang", OF_MEMBERS)
def test_every_act_has_a_phrase(heed: Heed, lang: str) -> None:
    write(*ACTS)
    found = dict(zip(reversed(ACTS), said(heed, lang), strict=True))
    assert {act: words for act, words in found.items() if "_" in words or "<" in words} == {}
    ends = {act for act, _ in ACTS if act.endswith("_done")}
    begun = {act: words for (act, _), words in found.items()}
    assert all(begun[act].startswith(begun[act.removesuffix("_done")]) for act in ends)


def test_what_is_said_is_in_the_language_of_the_member(heed: Heed) -> None:
    write(("set_goal", "/v1/x"), ("import_people_done", "/v1/x"))
    assert said(heed) == ["Import of people: finished", "Goal set"]
    assert said(heed, "nb") == ["Import av personer: ferdig", "Mål satt"]


def test_the_file_and_the_api_keep_the_name(heed: Heed) -> None:
    write(("set_goal", "/v1/x"))
    shown = signed_in(heed).open(f"{HERE}?as=csv").body.decode()
    assert [row["act"] for row in csv.DictReader(io.StringIO(shown))] == ["set_goal"]
    (change,) = heed.call("GET", "/v1/history").json_body["items"]
    assert change["act"] == "set_goal"


def test_an_act_of_a_newer_release_is_shown_by_its_name(heed: Heed) -> None:
    write(("do_something_new", "/v1/x"))
    assert said(heed) == ["<code>do_something_new</code>"]
