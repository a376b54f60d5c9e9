"""Every page of app.py with every role. A new page is walked by itself."""

import re
from itertools import pairwise

import pytest

from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.page import Page
from chalicelib.members.role import SCOPES, Role
from tests.functional.conftest import Heed
from tests.support.app_pages import PAGES, Served
from tests.support.members import Browser, signed_in

FORMS = [served for served in PAGES if served.method == "POST"]
OF_MEMBERS = [served for served in PAGES if served.needs_a_member]
FORGED_SITES = ("cross-site", "same-site")


def asked(browser: Browser, served: Served) -> tuple[int, bytes]:
    sent = {"csrf": "forged"}
    path = served.filled()
    answer = browser.post(path, sent) if served.method == "POST" else browser.open(path)
    return answer.status_code, answer.body


def is_denied(served: Served, status: int, body: bytes) -> bool:
    """A page that stands in a frame says that it cannot be shown."""
    said = b"cannot be shown" if served.page.in_frame else b"There is nothing here"
    return status == 404 and said in body


def named(served: Served) -> str:
    return f"{served.method} {served.path}"


def test_every_page_is_declared() -> None:
    assert all(isinstance(served.page, Page) for served in PAGES)


@pytest.mark.parametrize("served", OF_MEMBERS, ids=named)
def test_nobody_sees_it_without_a_session(heed: Heed, served: Served) -> None:
    browser = Browser(heed)
    path = served.filled()
    answer = browser.post(path, {}) if served.method == "POST" else browser.open(path)
    if served.page.in_frame:
        assert (answer.status_code, b"You are signed out." in answer.body) == (401, True)
    else:
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/app/sign-in")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("served", OF_MEMBERS, ids=named)
def test_a_role_without_its_scopes_is_denied_it(heed: Heed, served: Served, role: Role) -> None:
    browser = signed_in(heed, role)
    status, body = asked(browser, served)
    lacks = set(served.page.scopes) - SCOPES[role]
    if lacks:
        assert is_denied(served, status, body), status
    else:
        # A form without its token is refused, a page of something unknown is not there.
        assert status in ((403, 404) if served.method == "POST" else (200, 303, 404))


@pytest.mark.parametrize("served", OF_MEMBERS, ids=named)
def test_who_is_limited_to_other_surveys_is_denied_what_is_of_none(
    heed: Heed, served: Served
) -> None:
    status, body = asked(signed_in(heed, surveys=["another"]), served)
    if "{survey}" in served.path or not served.page.by_survey:
        assert is_denied(served, status, body), status
    else:
        assert status in (200, 303, 403, 404)


@pytest.mark.parametrize("served", FORMS, ids=named)
def test_a_form_without_its_token_changes_nothing(heed: Heed, served: Served) -> None:
    browser = signed_in(heed)
    before = heed.stored()
    for fields in ({}, {"csrf": ""}, {"csrf": "a" * 26}, {"csrf": ["a" * 26, "b" * 26]}):
        assert browser.post(served.filled(), fields).status_code in (303, 403, 404)
    assert heed.stored() == before


@pytest.mark.parametrize("site", FORGED_SITES)
@pytest.mark.parametrize("served", FORMS, ids=named)
def test_a_form_from_another_site_changes_nothing(heed: Heed, served: Served, site: str) -> None:
    browser = signed_in(heed)
    page = browser.open("/app/tasks").body.decode()
    token = page.split('name="csrf" value="')[1][:26]
    before = heed.stored()
    sent = {"csrf": token, "email": "x@example.com"}
    answer = browser.post(served.filled(), sent, **{"Sec-Fetch-Site": site})
    assert answer.status_code in (303, 403, 404)
    assert b"x@example.com" not in answer.body
    assert heed.stored() == before


@pytest.mark.parametrize("served", [one for one in PAGES if one.method == "GET"], ids=named)
def test_it_is_light_kept_nowhere_and_runs_no_script_but_the_preview_s(
    heed: Heed, served: Served
) -> None:
    browser = signed_in(heed)
    answer = browser.open(served.filled())
    assert answer.headers["Cache-Control"] == "no-store"
    if "text/html" in answer.headers.get("Content-Type", ""):
        scripts = re.findall(rb'<script src="(/app/files/[^"]+)" defer></script>', answer.body)
        files = [browser.open(script.decode()).body for script in scripts]
        assert len(answer.body) + sum(map(len, files)) < 60_000
        assert answer.body.count(b"<script") == len(scripts)
        policy, has_frame = answer.headers["Content-Security-Policy"], b"<iframe" in answer.body
        assert ("frame-src 'self';" in policy) is has_frame
        assert ("script-src 'self';" in policy) is bool(scripts)
        assert has_frame or not scripts
        assert policy.count("script-src") == len(scripts)
        # A browser asks for no icon of what a frame shows.
        is_framed = policy.endswith("; sandbox")
        assert is_framed or b'<link rel="icon" href="data:,">' in answer.body
        assert re.search("img-src [^;]*data:;", policy)
        # E-mails carry their style in attributes; a preview runs in a sandbox.
        assert is_framed or b"style=" not in answer.body


def test_a_role_has_no_less_than_the_one_below_it() -> None:
    steps = [SCOPES[role] for role in Role]
    assert all(below < above for below, above in pairwise(steps))
    assert Scope.BALLOTS_OPEN not in SCOPES[Role.ADMIN]
