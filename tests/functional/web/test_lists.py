"""Lists that go on from a cursor."""

import pytest

from chalicelib.web.cursor import encode_cursor
from tests.functional.conftest import Heed
from tests.support.problems import problem


def test_a_list_goes_on_from_its_cursor(heed: Heed) -> None:
    for name in ("b", "c", "d"):
        body = {"name": name, "question": "?", "audience": "external", "team": "x"}
        heed.call("PUT", f"/v1/surveys/{name}", body)
    seen: list[str] = []
    path: str | None = "/v1/surveys?limit=2"
    while path:
        page = heed.call("GET", path)
        seen += [survey["id"] for survey in page.json_body["items"]]
        cursor = page.json_body["next"]
        assert ("Link" in page.headers) == bool(cursor)
        path = f"/v1/surveys?limit=2&cursor={cursor}" if cursor else None
    assert seen == ["b", "c", "d", "it-help-desk"]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "cursor=x", "limit=5.0", "page=2"]
)
def test_a_page_that_cannot_be_given_is_refused(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"/v1/surveys?{query}")) == (422, "validation")


def test_a_cursor_of_another_list_or_of_nobody_is_a_conflict(heed: Heed) -> None:
    texts = {"PK": "TASK#a", "SK": "TASK", "list_pk": "TASKS#open", "list_sk": "a"}
    surveys = {**texts, "list_pk": "SURVEYS"}
    for last in (
        texts,
        {"PK": "a" * 20},
        {**texts, "list_sk": 1},
        {**texts, "PK": "SURVEYS"},
        {**surveys, "PK": ""},
        {**surveys, "SK": "a" * 1025},
        {**surveys, "SK": "\ud800"},
    ):
        found = heed.call("GET", f"/v1/surveys?cursor={encode_cursor(last)}")
        assert problem(found) == (409, "does-not-fit")
