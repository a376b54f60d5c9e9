"""What every page for members has in common."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

import app
from chalicelib.members.role import Role
from tests.functional.conftest import Heed
from tests.support.faults import Faults
from tests.support.members import Browser, form_in, signed_in


def test_who_has_signed_in_sees_a_page_with_their_name(heed: Heed) -> None:
    page = signed_in(heed).open("/app/tasks")
    assert page.status_code == 200
    assert "Kari Nordmann" in page.body.decode()


def test_who_has_not_signed_in_is_led_to_sign_in_and_back(heed: Heed) -> None:
    answer = Browser(heed).open("/app/tasks?state=closed")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/app/sign-in?back=tasks%3Fstate%3Dclosed"


def test_words_that_were_searched_for_are_led_back_to(heed: Heed) -> None:
    wanted = "/app/surveys/it?days=7d&q=%C3%A5+%26+b"
    browser = Browser(heed)
    asked = browser.open(browser.open(wanted).headers["Location"])
    _, fields = form_in(asked)
    assert fields["back"] == "surveys/it?days=7d&q=%C3%A5+%26+b"


@pytest.mark.parametrize(
    ("base", "facts", "mount"),
    [
        ("http://127.0.0.1:4566/restapis/e5/api/_user_request_", {"path": "/api/app/{}"}, None),
        ("https://a.example", {"path": "/api/app/{}", "domainName": "x"}, "/api"),
        ("https://a.example", {"path": "/app/{}", "domainName": "a.example"}, ""),
    ],
    ids=["on this machine", "on the gateway's own name", "on a domain of one's own"],
)
@pytest.mark.parametrize(
    ("resource", "page"), [("/app", ""), ("/app/tasks", "tasks"), ("/app/tasks/{task}", "tasks/t")]
)
def test_a_page_knows_where_it_is_called(
    heed: Heed,
    monkeypatch: pytest.MonkeyPatch,
    base: str,
    facts: dict[str, str],
    mount: str | None,
    resource: str,
    page: str,
) -> None:
    monkeypatch.setenv("HEED_BASE_URL", base)
    path = facts["path"].format(page).rstrip("/")
    said = called({**facts, "path": path, "resourcePath": resource}, task="t")
    before = urlsplit(base).path if mount is None else mount
    wanted = f"{before}/app/sign-in" + (f"?{urlencode({'back': page})}" if page else "")
    assert said["headers"]["Location"] == wanted


def called(context: dict[str, str], **parameters: str) -> Any:
    """As API Gateway calls the function for a page."""
    return app.app(
        {
            "requestContext": {"httpMethod": "GET", **context},
            "pathParameters": parameters,
            "headers": {},
            "multiValueQueryStringParameters": None,
            "stageVariables": None,
            "body": None,
            "isBase64Encoded": False,
        },
        None,
    )


def test_a_read_that_fails_once_costs_no_page(
    heed: Heed, dynamodb: Any, faulty: Callable[..., Faults]
) -> None:
    browser = signed_in(heed)
    faulty(dynamodb, {"Query": [("lost",)] * 2})
    assert browser.open("/app/setup/teams").status_code == 200
    faulty(dynamodb, {"Query": [("lost",)] * 20})
    assert browser.open("/app/setup/teams").status_code == 503


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
