"""What API Gateway answers by itself: as a problem, and to a browser as a page."""

import json
import re

import pytest

from chalicelib.dashboard.shown import HEADERS as OF_PAGES
from chalicelib.web.security import HEADERS
from tests.support.template import of_type

pytestmark = pytest.mark.slow
HTML = "text/html"


@pytest.fixture(scope="module")
def told(resources):
    (api,) = of_type(resources, "AWS::Serverless::Api").values()
    return api["GatewayResponses"]


def test_what_it_refuses_is_told_as_a_problem(told):
    assert {"UNSUPPORTED_MEDIA_TYPE", "REQUEST_TOO_LARGE", "THROTTLED"} < set(told)
    for name, answer in told.items():
        bodies = {kind: body for kind, body in answer["ResponseTemplates"].items() if kind != HTML}
        assert "application/json" in bodies
        for body in map(json.loads, bodies.values()):
            assert {"type", "title"} <= set(body), name
            assert body.get("status") == answer.get("StatusCode"), name


def test_an_unknown_address_is_not_found(told):
    answer = told["MISSING_AUTHENTICATION_TOKEN"]
    assert answer["StatusCode"] == 404
    assert "<h1>There is nothing here</h1>" in answer["ResponseTemplates"][HTML]


def test_a_function_that_broke_off_is_a_fault_that_every_help_desk_tries_again(told):
    answer = told["DEFAULT_5XX"]
    assert answer["StatusCode"] == 503
    assert answer["ResponseParameters"]["Headers"]["Retry-After"] == "'30'"


def test_a_browser_gets_a_page_that_is_the_same_for_everybody(told):
    for name, answer in told.items():
        page = answer["ResponseTemplates"][HTML]
        # Nothing of the request is in it, so there is nothing to escape.
        assert "$" not in page, name
        assert page.startswith('<!doctype html> <html lang="en"> <head> <meta charset="utf-8">')
        assert re.findall("<h1>(.+)</h1>", page) == re.findall("<title>(.+)</title>", page) != []


def test_its_page_runs_nothing_and_asks_for_nothing(told):
    policy = "default-src 'none'; img-src data:; form-action 'none'; base-uri 'none'"
    for answer in told.values():
        page = answer["ResponseTemplates"][HTML]
        assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page
        assert re.findall("<link[^>]*>", page) == ['<link rel="icon" href="data:,">']
        assert not re.search("<script|<style|style=|src=", page)


def test_it_has_the_headers_of_every_answer_and_of_pages(told):
    assert {"DEFAULT_4XX", "DEFAULT_5XX"} < set(told)
    of_pages = {name: value for name, value in OF_PAGES.items() if name != "Content-Type"}
    # A page cannot say by itself who may frame it.
    expected = HEADERS | of_pages | {"X-Frame-Options": "DENY"}
    for answer in told.values():
        headers = answer["ResponseParameters"]["Headers"]
        assert {name: f"'{value}'" for name, value in expected.items()}.items() <= headers.items()
