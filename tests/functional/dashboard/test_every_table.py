"""Every table of the pages has a CSV of its own, with its rows, in which nothing is a formula."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib import moments, targets, wiring
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.delivery_log import Line
from chalicelib.members.role import Role
from tests.functional.conftest import HOOK, Heed
from tests.support.app_pages import PAGES
from tests.support.invitations import ASKED, INVITATIONS
from tests.support.members import Browser, signed_in
from tests.support.samples import SURVEY, stored_invitation

TEMPLATES = Path(__file__).parents[3] / "templates/app"
TABLE = re.compile(r"<table>.*?</table>\n</div>(?:\n<p class=\"csv\"><a href=\"([^\"]+)\")?", re.S)
HOSTILE = "=slow(1)"
PERSON = {"email": "ana@example.com", "role": "manager", "location": HOSTILE}
TEAM = {"name": HOSTILE, "people": [{"id": "kari", "name": "Kari", "email": "kari@example.com"}]}
WEBHOOK = {"name": HOSTILE, "url": "https://hooks.example.com/x", "events": ["TaskOpened"]}


@pytest.fixture(autouse=True)
def _public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "resolve", lambda host, port: ["93.184.216.34"])


def filled(heed: Heed) -> dict[str, str]:
    """Something of everything; what a path names."""
    heed.call("PUT", "/v1/teams/desk", TEAM)
    heed.call("POST", "/v1/people", PERSON)
    heed.call("POST", "/v1/keys", {"name": HOSTILE, "scopes": ["scores:read"]})
    later = moments.to_text(moments.now() + timedelta(hours=2))
    heed.call("POST", INVITATIONS, ASKED | {"send_at": later, "name": HOSTILE})
    made = heed.call("POST", "/v1/webhooks", {**WEBHOOK, "team": "desk"}).json_body["id"]
    heed.call("POST", f"/v1/webhooks/{made}/test")
    hook = helpdesks_wiring.hooks().get("zendesk", HOOK)
    helpdesks_wiring.delivery_log().add(hook, Line(moments.now(), "ignored", "spam", HOSTILE))
    return {"survey": SURVEY.id, "source": "zendesk", "hook": HOOK, "webhook": made}


def test_no_table_is_written_without_the_address_of_its_csv() -> None:
    """The macro wants it, and no page writes a table by hand."""
    macro = TEMPLATES / "_table.html"
    assert "{% macro table(caption, columns, csv) %}" in macro.read_text(encoding="utf-8")
    by_hand = [path for path in TEMPLATES.rglob("*.html") if "<table" in path.read_text("utf-8")]
    assert by_hand == [macro]


def test_every_table_of_every_page_has_its_csv_with_its_rows(heed: Heed) -> None:
    known, browser = filled(heed), signed_in(heed)
    seen = dict[str, list[str]]()
    for served in PAGES:
        if served.method == "GET" and not served.path.endswith((".csv", "{table}")):
            page = browser.open(served.filled(known)).body.decode()
            seen[served.path] = [csv_of(browser, found) for found in TABLE.finditer(page)]
    files = [file for files in seen.values() for file in files]
    assert len(files) == len(set(files))
    captions = TEMPLATES.glob("setup/*.html")
    assert len(files) >= sum("call table(" in path.read_text("utf-8") for path in captions)


def csv_of(browser: Browser, table: re.Match[str]) -> str:
    """Its address, once it has the rows of the table."""
    address = table[1].replace("&amp;", "&")
    answer = browser.open(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    rows = [*csv.reader(io.StringIO(answer.body.decode(), newline=""))]
    assert len(rows) == table[0].count("<tr>"), address
    assert not any(cell.startswith(HOSTILE) for row in rows for cell in row)
    return address


@pytest.mark.parametrize("page", ["/app", "/app/surveys"])
def test_the_overview_and_the_list_are_files(heed: Heed, page: str) -> None:
    browser = signed_in(heed, Role.VIEWER)
    assert f'href="{page}?as=csv"' in browser.open(page).body.decode()
    rows = [*csv.DictReader(io.StringIO(browser.open(f"{page}?as=csv").body.decode()))]
    assert SURVEY.id in {*rows[0].values()}


def test_a_file_has_what_the_page_was_asked_for(heed: Heed) -> None:
    filled(heed)
    stored_invitation(wiring.table(), "another")
    browser, here = signed_in(heed), f"/app/setup/surveys/{SURVEY.id}/invitations"
    assert (
        f'href="{here}?status=waiting&amp;as=csv"'
        in browser.open(f"{here}?status=waiting").body.decode()
    )
    rows = csv.DictReader(io.StringIO(browser.open(f"{here}?status=waiting&as=csv").body.decode()))
    assert [row["name"] for row in rows] == [f"'{HOSTILE}"]


REFUSED: list[Callable[[str], str]] = [
    lambda page: f"{page}?as=pdf",
    lambda page: f"{page}?as=csv&as=csv",
]


@pytest.mark.parametrize("asked", REFUSED)
def test_there_is_no_other_kind_of_file(heed: Heed, asked: Callable[[str], str]) -> None:
    assert signed_in(heed).open(asked("/app/surveys")).status_code == 422


@pytest.mark.parametrize("page", ["/app/tasks/new", "/app/setup/new-team"])
def test_a_page_without_a_table_has_no_file(heed: Heed, page: str) -> None:
    answer: Any = signed_in(heed).open(f"{page}?as=csv")
    assert answer.status_code == 404


def test_a_role_without_the_page_has_no_file_of_it(heed: Heed) -> None:
    assert signed_in(heed, Role.VIEWER).open("/app/setup/keys?as=csv").status_code == 404
    assert Browser(heed).open("/app/setup/keys?as=csv").status_code == 303
