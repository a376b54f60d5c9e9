"""An address below /app that no page has."""

from typing import Any

import pytest

import app
from tests.functional.conftest import Heed
from tests.support.members import Browser, signed_in


def asked(browser: Browser, path: str, method: str = "GET", **headers: str) -> Any:
    """As API Gateway hands on what no route of its own takes."""
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    context = {"httpMethod": method, "resourcePath": "/app/{rest+}", "path": path}
    event = {
        "requestContext": {**context, "identity": {"sourceIp": "192.0.2.1"}},
        "pathParameters": {"rest": path.removeprefix("/app/")},
        "headers": {"Accept": "text/html", "Cookie": cookie, **headers},
        "multiValueQueryStringParameters": None,
        "stageVariables": None,
        "body": None,
        "isBase64Encoded": False,
    }
    return app.app(event, None)


@pytest.mark.parametrize("path", ["/app/nothing", "/app/setup", "/app/surveys/a/b/c", "/app/%3Cb"])
@pytest.mark.parametrize(
    ("lang", "words"), [("en", "There is nothing here"), ("de", "Hier ist nichts")]
)
def test_it_is_told_in_the_reader_s_language(heed: Heed, path: str, lang: str, words: str) -> None:
    for browser in (Browser(heed), signed_in(heed, address=f"{lang}@example.com")):
        answer = asked(browser, path, **{"Accept-Language": lang})
        assert answer["statusCode"] == 404
        assert f"<h1>{words}</h1>" in answer["body"]


def test_who_has_signed_in_keeps_the_navigation(heed: Heed) -> None:
    assert 'href="/app/tasks"' in asked(signed_in(heed), "/app/nothing")["body"]
    assert 'href="/app/tasks"' not in asked(Browser(heed), "/app/nothing")["body"]


def test_head_has_no_body(heed: Heed) -> None:
    answer = asked(Browser(heed), "/app/nothing", "HEAD")
    assert (answer["statusCode"], answer["body"]) == (404, "")
