"""A link that a spreadsheet can open: `?format=csv`, and `&bom=1` for Excel."""

import csv
import io
from base64 import b64encode
from typing import Any

import pytest

from infra.openapi_routes import routes
from tests.functional.conftest import Heed
from tests.support.problems import problem
from tests.support.samples import SURVEY

OF_SURVEY = f"/v1/surveys/{SURVEY.id}"
MARK = b"\xef\xbb\xbf"
NEEDED = {"/v1/surveys/{survey}/outcomes": "kind=churn"}
PATHS = [
    route.path.replace("{survey}", SURVEY.id) + "?" + NEEDED.get(route.path, "")
    for route in routes()
    if "text/csv" in route.endpoint.kinds
]


@pytest.fixture
def table(heed: Heed) -> Any:
    def get(query: str, **headers: str) -> Any:
        return heed.call("GET", f"{OF_SURVEY}/scores{query}", **headers)

    return get


@pytest.mark.parametrize("path", PATHS)
def test_a_link_gives_a_table_whatever_is_accepted(heed: Heed, path: str) -> None:
    kind = "text/csv; charset=utf-8"
    plain = heed.call("GET", f"{path}&format=csv", Accept="text/html, application/json")
    marked = heed.call("GET", f"{path}&format=csv&bom=1", Accept="image/png")
    assert plain.headers["Content-Type"].startswith(kind)
    assert marked.headers["Content-Type"].startswith(kind)
    assert not plain.body.startswith(MARK)
    assert [*columns(marked.body.removeprefix(MARK))] == [*columns(plain.body)]
    assert marked.body.startswith(MARK)


def columns(body: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(body.decode())))


def test_there_are_such_links() -> None:
    nouns = {path.partition("?")[0].rpartition("/")[2] for path in PATHS}
    assert nouns >= {"benchmarks", "outcomes", "responses", "scores", "tasks"}


def test_a_spreadsheet_signs_in_with_the_key_as_its_user(heed: Heed) -> None:
    basic = b64encode(f"{heed.key}:".encode()).decode()
    answer = heed.http.get(
        f"{OF_SURVEY}/scores?format=csv", headers={"Authorization": f"Basic {basic}"}
    )
    assert (answer.status_code, answer.headers["Content-Type"][:8]) == (200, "text/csv")


def test_a_format_counts_more_than_the_header(table: Any) -> None:
    assert table("?format=json", Accept="text/csv").json_body["survey"] == SURVEY.id


def test_the_next_page_has_the_format_too(heed: Heed) -> None:
    for number in range(3):
        due = f"2027-01-0{number + 1}T12:00:00Z"
        heed.call("POST", "/v1/tasks", {"survey": SURVEY.id, "note": "Ring.", "due_at": due})
    page = heed.call("GET", "/v1/tasks?limit=2&format=csv&bom=1")
    assert "?limit=2&format=csv&bom=1&cursor=" in page.headers["Link"]


def test_what_was_not_changed_is_not_sent_again(table: Any) -> None:
    tag = table("?format=csv&bom=1").headers["ETag"]
    assert table("?format=csv&bom=1", If_None_Match=tag).status_code == 304
    assert table("?format=csv", If_None_Match=tag).status_code == 200


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?format=xlsx", (422, "validation")),
        ("?format=jsonl", (422, "validation")),
        ("?format=csv&bom=yes", (422, "validation")),
        ("?format=csv&format=json", (422, "validation")),
        ("?bom=1", (409, "does-not-fit")),
    ],
)
def test_another_format_is_refused(table: Any, query: str, told: tuple[int, str]) -> None:
    assert problem(table(query)) == told


def test_what_gives_no_table_takes_no_format(heed: Heed) -> None:
    assert problem(heed.call("GET", "/v1/teams?format=csv")) == (422, "validation")
