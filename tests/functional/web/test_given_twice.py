"""A key that stands twice in a JSON body, on every route that takes one."""

import base64
import json
import re
import time
from typing import Any

import pytest

from chalicelib.errors import BadRequest
from chalicelib.responses.judge.evidence import read_beacon
from chalicelib.strict_json import read_strict_json
from infra.openapi_routes import Route, routes
from tests.functional.conftest import Heed
from tests.support.problems import problem
from tests.support.samples import SURVEY

TAKING = [route for route in routes() if route.endpoint.body and not route.endpoint.signed]
TWICE = [
    (b'{"email": "a@example.com", "email": "b@example.com"}', "email"),
    (b'{"a": {"b": [{"deep": 1, "deep": 1}]}}', "deep"),
    (b'{"name": 1, "n\\u0061me": 2}', "name"),
    (b'{"": 1, "": 2}', ""),
]


@pytest.mark.parametrize("route", TAKING, ids=lambda route: f"{route.method} {route.path}")
@pytest.mark.parametrize(("body", "name"), TWICE)
def test_it_is_refused_by_name_and_nothing_is_written(
    heed: Heed, route: Route, body: bytes, name: str
) -> None:
    path = re.sub(r"{\w+}", "nobody", route.path.replace("{survey}", SURVEY.id))
    before = heed.stored()
    answer = heed.call(route.method, path, body)
    assert problem(answer) == (400, "key-given-twice")
    assert answer.json_body["detail"] == f'The key "{name}" is given twice.'
    assert heed.stored() == before


@pytest.mark.parametrize(
    ("name", "shown"),
    [(r"\ud800", r'"\ud800"'), (r"\"\n", r'"\"\n"'), ("x" * 999, f'"{"x" * 60}"')],
)
def test_a_name_that_no_answer_can_hold_is_shown_in_part(heed: Heed, name: str, shown: str) -> None:
    answer = heed.call("POST", "/v1/outcomes", f'{{"{name}": 1, "{name}": 2}}'.encode())
    assert answer.json_body["detail"] == f"The key {shown} is given twice."


def test_the_same_key_in_two_objects_is_no_such_thing() -> None:
    assert read_strict_json('[{"a": {"a": 1}}, {"a": 2}]') == [{"a": {"a": 1}}, {"a": 2}]


def test_the_largest_body_is_looked_through_in_no_time() -> None:
    many = ",".join(f'"{number}":0' for number in range(25_000))
    started = time.perf_counter()
    with pytest.raises(BadRequest):
        read_strict_json(f'{{{many},"24999":0}}')
    assert time.perf_counter() - started < 1


def test_a_beacon_and_a_cursor_with_one_are_none(heed: Heed) -> None:
    assert read_beacon(b'{"type": "hello", "nonce": "a"}')
    assert read_beacon(b'{"type": "hello", "nonce": "a", "nonce": "b"}') is None
    place: Any = {"PK": "SURVEY#x", "SK": "SURVEY", "list_pk": "SURVEYS", "list_sk": "x"}
    text = json.dumps(place)[:-1] + ', "list_sk": "y"}'
    cursor = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    answer = heed.call("GET", f"/v1/surveys?cursor={cursor}")
    assert answer.json_body["errors"][0]["code"] == "cursor_invalid"
