"""A form that another site posts through its visitors' browsers does not count."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.support.filling import DESKTOP, MOUSE, PRESSED, action_of, filled_in
from tests.support.open_link import LINK, Door
from tests.support.tapping import FORM, Mail

OTHER = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "Cross-Site", "Origin": "null"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://[half"},
    {"Origin": "https://heed.example.com.evil.example"},
]
OURS = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "null"},
    {"Origin": "https://heed.example.com"},
]


def post(heed: Any, path: str, fields: Any, headers: dict[str, str]) -> Any:
    named = {"User-Agent": DESKTOP, "Content-Type": FORM, **headers}
    return heed.http.post(path, headers=named, body=urlencode(fields).encode())


def press(mail: Mail, headers: dict[str, str]) -> str:
    page = mail.heed.open(f"/r/{mail.token}/9")
    form = filled_in(page, 9, "Said elsewhere.") | PRESSED
    return str(post(mail.heed, f"/r/{mail.token}", form, headers).body.decode())


@pytest.mark.parametrize("headers", OTHER)
def test_a_personal_form_of_another_site_is_held(mail: Mail, headers: dict[str, str]) -> None:
    assert "Your 9 is not confirmed yet" in press(mail, headers)
    assert (mail.response["state"], mail.response["why"]) == ("held", "foreign_form")


@pytest.mark.parametrize("headers", OURS)
def test_a_personal_form_of_our_page_counts(mail: Mail, headers: dict[str, str]) -> None:
    assert "Your 9 is recorded" in press(mail, headers)


@pytest.mark.parametrize("headers", OTHER)
def test_what_another_site_reports_is_no_evidence(mail: Mail, headers: dict[str, str]) -> None:
    nonce = mail.open(9)
    named = {"User-Agent": DESKTOP, "Content-Type": "text/plain", **headers}
    for said in ({"type": "hello"}, {"type": "gesture", "gesture": MOUSE}):
        body = json.dumps({"nonce": nonce, "painted": True, "visibility": "visible", **said})
        mail.heed.http.post(f"/r/{mail.token}/evidence", headers=named, body=body.encode())
    assert mail.response is None


@pytest.mark.parametrize("headers", OTHER)
def test_an_open_link_stores_nothing_of_another_site_and_asks_once_more(
    door: Door, headers: dict[str, str]
) -> None:
    asked = post(door.heed, LINK, {"score": 2, "comment": "Slow."}, headers)
    html = asked.body.decode()
    assert "Your 2 is not confirmed yet" in html
    assert "Slow." in html
    assert door.answers == []
    again = post(door.heed, f"/s/{action_of(asked)}", filled_in(asked, 2), OURS[1])
    assert "Your 2 is recorded" in again.body.decode()
    assert door.answers == [2]


@pytest.mark.parametrize("headers", OURS)
def test_an_open_link_takes_the_form_of_its_own_page(door: Door, headers: dict[str, str]) -> None:
    post(door.heed, LINK, filled_in(door.open(), 9), headers)
    assert door.answers == [9]
