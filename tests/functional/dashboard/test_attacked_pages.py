"""Every page for members, as an attacker asks for it who has a cookie, a token or a page of their
own. A new page is attacked by itself."""

import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from chalicelib import ids, moments
from chalicelib.dashboard.cookies import BROWSER, KNOWN, SESSION, Jar
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.token import TokenKeys
from chalicelib.members import wiring as members_wiring
from chalicelib.members.session import Session, known_browser, new_session, write_session
from tests.functional.conftest import Heed
from tests.support.app_pages import PAGES
from tests.support.members import FORM, Browser, cookie_name, signed_in
from tests.support.samples import SURVEY
from tests.support.setup_pages import fields_in

HERE = f"/app/setup/surveys/{SURVEY.id}"
OF_MEMBERS = [served for served in PAGES if served.needs_a_member]
FORMS = [served for served in OF_MEMBERS if served.method == "POST"]
# Origins of forms that are not ours.
ELSEWHERE = ("https://evil.example", "https://heed.example.com.evil.example", "http://", "file://")
KINDS = (
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "",
    "application/xml",
    f"{FORM}+json",
)


def token(browser: Browser) -> str:
    return fields_in(browser.open(HERE))["csrf"][0]


def everywhere(browser: Browser, csrf: str = "") -> Iterator[tuple[str, Any]]:
    for served in OF_MEMBERS:
        path = served.filled()
        is_form = served.method == "POST"
        yield path, browser.post(path, {"csrf": csrf}) if is_form else browser.open(path)


def is_sent_away(answer: Any) -> bool:
    """To the sign-in; in a frame, where none is shown, it is told."""
    where = answer.headers.get("Location", "")
    is_told = answer.status_code == 401 and b"You are signed out." in answer.body
    return is_told or bool(answer.status_code == 303 and where.startswith("/app/sign-in"))


def texts_of_attackers(browser: Browser) -> dict[str, tuple[str, str]]:
    """Name and text of each cookie."""
    (member,) = members_wiring.members().every()
    keys, now, own = invitations_wiring.token_keys(), moments.now(), cookie_name(SESSION)
    good = browser.cookies[own]
    session = new_session(member.person, now)
    foreign = TokenKeys("a", {"a": secrets.token_bytes(32)})
    past = Session(session.id, session.person, now - timedelta(seconds=1))
    return {
        "of another stack by name": (Jar("", True, "another").name(SESSION), good),
        "without the name of a stack": (SESSION, good),
        "by the keys of another stack": (own, write_session(session, foreign)),
        "signed and never begun": (own, write_session(session, keys)),
        "over": (own, write_session(past, keys)),
        "a known browser": (own, known_browser(member.person, now, keys)),
        "another purpose by name": (cookie_name(KNOWN), good),
        "the browser that asks": (cookie_name(BROWSER), good),
        "cut": (own, good[:-1]),
        "longer": (own, good + "a"),
        "the member's id": (own, member.id),
    }


@pytest.mark.parametrize("kind", range(11))
def test_a_cookie_that_is_no_session_of_this_stack_opens_no_page(heed: Heed, kind: int) -> None:
    browser = signed_in(heed)
    csrf, found = token(browser), [*texts_of_attackers(browser).items()]
    name, cookie = found[kind]
    before, attacker = heed.stored(), Browser(heed)
    attacker.cookies[cookie[0]] = cookie[1]
    opened = [path for path, answer in everywhere(attacker, csrf) if not is_sent_away(answer)]
    assert opened == [], name
    assert heed.stored() == before


def test_a_token_of_another_session_changes_nothing(heed: Heed) -> None:
    """Of another member, of the same member's other browser, and of no session."""
    ola = token(signed_in(heed, address="ola@example.com"))
    browser = signed_in(heed)
    stranger = fields_in(Browser(heed).open("/app/sign-in"))["csrf"][0]
    before = heed.stored()
    for csrf in (ola, stranger, ids.new_id(), token(browser).upper()):
        for served in FORMS:
            answer = browser.post(served.filled(), {"csrf": csrf})
            assert answer.status_code in (403, 404), served.path
    assert heed.stored() == before


def changes_nothing(heed: Heed, refused: tuple[int, ...], headers: dict[str, str]) -> None:
    """No form, sent with the right token and these headers."""
    browser = signed_in(heed)
    csrf, before = token(browser), heed.stored()
    for served in FORMS:
        answer = browser.post(served.filled(), {"csrf": csrf}, **headers)
        assert answer.status_code in refused, (served.path, answer.status_code)
    assert heed.stored() == before


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_a_form_of_another_origin_changes_nothing(heed: Heed, origin: str) -> None:
    """A browser that sends no `Sec-Fetch-Site` says where the form is from by `Origin`."""
    changes_nothing(heed, (403, 404), {"Sec-Fetch-Site": "", "Origin": origin})


@pytest.mark.parametrize("site", ["cross-site", "same-site", "Cross-Site", "nonsense"])
def test_no_other_header_outweighs_what_the_browser_says_of_the_site(heed: Heed, site: str) -> None:
    own = {"Origin": "https://heed.example.com", "Referer": "https://heed.example.com/app"}
    changes_nothing(heed, (403, 404), {"Sec-Fetch-Site": site, **own})


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_that_is_no_form_changes_nothing(heed: Heed, kind: str) -> None:
    """Forms of other sites send text/plain and multipart without asking."""
    changes_nothing(heed, (400, 403, 404, 415, 422), {"Content-Type": kind})


def test_without_any_header_of_the_site_the_token_decides(heed: Heed) -> None:
    """Old browsers and some proxies send neither Origin nor Referer."""
    browser = signed_in(heed)
    fields = fields_in(browser.open(HERE)) | {"name": "Renamed"}
    bare = {"Sec-Fetch-Site": "", "Content-Type": FORM}
    wrong = browser.post(HERE, {**fields, "csrf": "a" * 26}, **bare)
    assert wrong.status_code == 403
    assert browser.post(HERE, fields, **bare).status_code == 303


def test_a_token_in_the_address_or_behind_another_is_none(heed: Heed) -> None:
    browser = signed_in(heed)
    fields = fields_in(browser.open(HERE))
    csrf, before = fields.pop("csrf")[0], heed.stored()
    asked = urlencode({"csrf": csrf})
    assert browser.post(f"{HERE}?{asked}", fields).status_code in (403, 422)
    assert browser.post(HERE, {**fields, "csrf": ["x", csrf]}).status_code == 403
    assert heed.stored() == before
