"""The document of the API, the page that shows it, and what no route answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app import app
from chalicelib.api_keys.api_key import Scope
from chalicelib.web import static_files
from chalicelib.web.fallback import THE_REST
from chalicelib.web.request import own_path
from infra import openapi
from infra.openapi_routes import Route, routes
from tests.functional.conftest import Heed
from tests.support.contract import DOCUMENT, hold_to_contract
from tests.support.samples import SURVEY

ROUTES = routes()
SCOPED = [route for route in ROUTES if route.endpoint.scope]
PARTS = {
    name: "text/javascript" if name.endswith(".js") else "text/css"
    for name in static_files.parts_of_page()
    if name.startswith("swagger-ui")
}


def asked(method: str, path: str, key: str | None = None) -> Any:
    """As API Gateway hands on what no route of its own takes."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    context = {"httpMethod": method, "resourcePath": THE_REST, "path": path}
    event = {
        "requestContext": context,
        "pathParameters": {"rest": path.removeprefix("/v1/")},
        "headers": headers,
        "multiValueQueryStringParameters": None,
        "stageVariables": None,
        "body": None,
        "isBase64Encoded": False,
    }
    return app(event, None)


def test_every_route_is_in_the_document_and_nothing_else() -> None:
    routes = {
        (method, path)
        for path, methods in app.routes.items()
        for method in methods
        if path.startswith("/v1/") and path != THE_REST
    }
    described = {
        (method.upper(), path) for path, found in DOCUMENT["paths"].items() for method in found
    }
    assert described == routes
    assert {(route.method, route.path) for route in ROUTES} == routes


def test_no_function_pays_for_the_making_of_the_document() -> None:
    home = Path(static_files.__file__).parents[1]
    for path in home.rglob("*.py"):
        text = path.read_text()
        assert "openapi_pydantic" not in text, path
        assert not re.search(r"^\s*(from|import) infra\b", text, re.MULTILINE), path


def test_the_document_is_up_to_date() -> None:
    assert openapi.HOME.read_text() == openapi.text(), "run `make docs`"


def test_every_schema_has_a_name_that_can_be_read() -> None:
    assert [name for name in DOCUMENT["components"]["schemas"] if "_" in name] == []


def test_every_operation_names_its_scope() -> None:
    for route in ROUTES:
        scope = route.endpoint.scope
        said = DOCUMENT["paths"][route.path][route.method.lower()]["description"]
        assert (f"`{scope}`" if scope else "No key is needed.") in said


@pytest.mark.parametrize("route", SCOPED, ids=lambda route: f"{route.method} {route.path}")
def test_a_key_needs_just_the_scope_that_is_named(heed: Heed, route: Route) -> None:
    path = route.path.replace("{survey}", SURVEY.id).replace("{", "").replace("}", "")
    scope = route.endpoint.scope
    assert scope
    assert heed.http.request(route.method, path).status_code == 401
    others = heed.make_key(*set(Scope) - {scope})
    assert heed.call(route.method, path, key=others).status_code == 403
    # A list of who was asked is a list of people.
    also = {Scope.PEOPLE_READ} if route.view == "list_invitations" else set()
    key = heed.make_key(scope, *also)
    assert heed.call(route.method, path, key=key).status_code not in (401, 403)


def test_the_document_is_served_with_the_path_it_is_mounted_at(heed: Heed) -> None:
    served = heed.http.get("/v1/openapi.json")
    assert served.headers["Content-Type"] == "application/json"
    assert served.json_body == DOCUMENT | {"servers": [{"url": "/"}]}


@pytest.mark.parametrize(
    ("context", "base_url", "mount"),
    [
        ({"domainName": "x", "path": "/api/v1/openapi.json"}, "https://a.example", "/api"),
        ({"domainName": "x", "path": "/v1/openapi.json"}, None, ""),
        (
            {"path": "/api/v1/openapi.json"},
            "http://127.0.0.1:1/restapis/x/api/y",
            "/restapis/x/api/y",
        ),
        ({"path": "/api/v1/openapi.json"}, None, ""),
    ],
)
def test_the_path_is_the_one_that_was_called(
    context: dict[str, str], base_url: str | None, mount: str
) -> None:
    assert own_path(context, base_url) == mount


@pytest.mark.parametrize("path", ["/v1/openapi.json", "/v1/docs", f"/v1/docs/{min(PARTS)}"])
def test_what_did_not_change_is_not_sent_again(heed: Heed, path: str) -> None:
    first = heed.call("GET", path)
    again = heed.call("GET", path, If_None_Match=f'W/{first.headers["ETag"]}, "x"')
    assert (again.status_code, again.body) == (304, b"")
    assert heed.call("GET", path, If_None_Match='"x"').status_code == 200


def test_the_page_runs_no_script_but_its_own(heed: Heed) -> None:
    page = heed.call("GET", "/v1/docs")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script>" not in page.body.decode()


@pytest.mark.parametrize(("name", "kind"), PARTS.items())
def test_the_page_s_parts_are_swagger_ui_5(heed: Heed, name: str, kind: str) -> None:
    part = heed.call("GET", f"/v1/docs/{name}")
    assert part.headers["Content-Type"].startswith(kind)
    assert len(part.body) > 100_000
    if name.endswith(".js"):
        assert b'VERSION:"5.' in part.body


@pytest.mark.parametrize(
    "name", ["index.html", "openapi.json", "swagger-ui.js", "..", "%2e%2e%2fkey.py"]
)
def test_no_other_file_is_served(heed: Heed, name: str) -> None:
    assert heed.call("GET", f"/v1/docs/{name}").status_code == 404


def test_a_method_that_a_path_does_not_have_is_answered_405(heed: Heed) -> None:
    answer = asked("DELETE", f"/v1/surveys/{SURVEY.id}/scores")
    assert answer["statusCode"] == 405
    assert answer["headers"]["Content-Type"] == "application/problem+json"
    assert answer["headers"]["Allow"] == "GET, HEAD, OPTIONS"


def test_options_names_the_methods(heed: Heed) -> None:
    answer = asked("OPTIONS", f"/v1/surveys/{SURVEY.id}/links")
    assert (answer["statusCode"], answer["body"]) == (204, "")
    assert answer["headers"]["Allow"] == "POST, OPTIONS"


def test_head_is_get_without_a_body(heed: Heed) -> None:
    path = f"/v1/surveys/{SURVEY.id}/scores"
    answer = asked("HEAD", path, heed.key)
    assert (answer["statusCode"], answer["body"]) == (200, "")
    assert answer["headers"]["Content-Type"] == "application/json"
    assert asked("HEAD", path)["statusCode"] == 401
    assert asked("HEAD", "/v1/surveys/none", heed.key)["statusCode"] == 404


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/surveys/a/b/c", "/v1/surveys/", "/v1/"])
def test_an_address_that_there_is_not_is_not_found(heed: Heed, path: str) -> None:
    answer = asked("GET", path)
    assert answer["statusCode"] == 404
    assert json.loads(answer["body"])["type"] == "urn:heed:problem:not-found"


@pytest.mark.parametrize("name", ["x" * 3000, "%00", "a b", "é", "..%2F"])
def test_what_no_id_looks_like_is_not_looked_up(heed: Heed, name: str) -> None:
    assert heed.call("GET", f"/v1/surveys/{name}").status_code == 404


def test_an_answer_that_breaks_the_contract_is_noticed() -> None:
    kind = {"Content-Type": "application/json"}
    hold_to_contract("GET", "/v1/health", 200, kind, b'{"status": "ok"}')
    broken = [
        (200, kind, b'{"status": "fine"}'),
        (200, kind, b'{"status": "ok", "more": 1}'),
        (200, {"Content-Type": "text/html"}, b'{"status": "ok"}'),
        (418, kind, b"{}"),
    ]
    for status, headers, body in broken:
        with pytest.raises(AssertionError):
            hold_to_contract("GET", "/v1/health", status, headers, body)


def test_the_page_asks_for_nothing_but_its_parts() -> None:
    page = static_files.page().text
    (start,) = [
        part.text for name, part in static_files.parts_of_page().items() if name[:5] == "start"
    ]
    assert "//" not in page.replace("<!doctype", "")
    assert "http" not in start
