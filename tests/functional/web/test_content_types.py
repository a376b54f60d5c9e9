"""Any content type on any route is answered as everything else is: a problem of the API, or a
page. Chalice and API Gateway have words of their own for it, which nobody is to see."""

import re

import pytest

from app import app
from tests.functional.conftest import Heed

KINDS = [
    '{"type": "form"}',
    "form",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain, application/json",
    ";",
    "",
]
ROUTES = [
    (method, path)
    for path, methods in app.routes.items()
    if not path.startswith("/v1/{")
    for method in methods
]


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=lambda part: part)
def test_no_content_type_gets_a_bare_answer(heed: Heed, method: str, path: str) -> None:
    made_up = re.sub(r"{\w+}", "nobody", path)
    plain = heed.http.request(method, made_up)
    for kind in KINDS:
        body = b"" if method in ("GET", "HEAD") else b"a=1"
        answer = heed.http.request(method, made_up, headers={"Content-Type": kind}, body=body)
        told = answer.headers.get("Content-Type", "")
        if answer.status_code >= 400:
            assert told.startswith(("application/problem+json", "text/html")), (kind, answer.body)
        if method in ("GET", "HEAD"):
            assert (answer.status_code, told) == (
                plain.status_code,
                plain.headers.get("Content-Type", ""),
            )


@pytest.mark.parametrize("kind", KINDS)
def test_a_read_is_not_refused_for_its_content_type(heed: Heed, kind: str) -> None:
    for path in ("/v1/surveys", "/v1/tasks", "/v1/health"):
        assert heed.call("GET", path, Content_Type=kind).status_code == 200
