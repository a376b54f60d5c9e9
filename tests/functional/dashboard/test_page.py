"""What every page for members has in common."""

import re

import pytest

from chalicelib.members.role import Role
from tests.functional.conftest import Heed
from tests.support.members import Browser, signed_in


def test_who_has_signed_in_sees_a_page_with_their_name(heed: Heed) -> None:
    page = signed_in(heed).open("/app/tasks")
    assert page.status_code == 200
    assert "Kari Nordmann" in page.body.decode()


def test_who_has_not_signed_in_is_led_to_sign_in_and_back(heed: Heed) -> None:
    answer = Browser(heed).open("/app/tasks?state=closed")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/app/sign-in?back=tasks%3Fstate%3Dclosed"


def test_the_style_is_kept_by_the_browser(heed: Heed) -> None:
    browser = signed_in(heed)
    page = browser.open("/app/tasks").body.decode()
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)">', page)
    answer = browser.open(style)
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_page_runs_no_script_and_is_kept_nowhere(heed: Heed) -> None:
    answer = signed_in(heed).open("/app/tasks")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 's")
    assert "<script" not in answer.body.decode()


@pytest.mark.parametrize("role", Role)
def test_everybody_may_sign_out(heed: Heed, role: Role) -> None:
    browser = signed_in(heed, role)
    page = browser.open("/app/tasks")
    browser.press(page, "out")
    assert browser.open("/app/tasks").status_code == 303
