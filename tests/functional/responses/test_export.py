"""What people said, as a table and as lines."""

import csv
import io
import json

import pytest

from tests.support.answers import Said


def test_a_table_holds_the_same_answers_and_runs_nothing(said: Said) -> None:
    said.answer("a", 2, '=HYPERLINK("http://x","y")', segments=("group=+Network",))
    said.answer("b", 9, "Kind,\n\nvery kind")
    page = said.get(accept="text/csv")
    assert page.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert page.body.count(b"\r\n") == 3
    rows = list(csv.DictReader(io.StringIO(page.body.decode(), newline="")))
    assert [row["comment"] for row in rows] == [
        "Kind,\n\nvery kind",
        '\'=HYPERLINK("http://x","y")',
    ]
    assert [row["themes"] for row in rows] == ["People", ""]
    assert (rows[1]["score"], rows[1]["segment_group"]) == ("2", "'+Network")


@pytest.mark.parametrize("accept", ["text/csv", "application/x-ndjson", "application/jsonl"])
def test_an_export_goes_on_by_its_link(four: Said, accept: str) -> None:
    pages = list(four.all_pages(accept=accept, limit=3, commented="true"))
    bodies = "".join(page.body.decode() for page in pages)
    assert len(pages) > 1
    ids = [one["id"] for one in four.items(commented="true")]
    assert [bodies.count(one) for one in ids] == [1, 1, 1]


def test_lines_are_the_items_of_the_list(four: Said) -> None:
    page = four.get(accept="application/x-ndjson")
    assert page.headers["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in page.body.decode().splitlines()]
    assert lines == four.items()


def test_an_export_may_have_a_thousand_rows(said: Said) -> None:
    assert said.get(accept="text/csv", limit=1000).status_code == 200
    assert said.get(accept="text/csv", limit=1001).status_code == 422
    assert said.get(limit=101).status_code == 409


def test_a_kind_that_is_not_made_is_refused(said: Said) -> None:
    answer = said.get(accept="text/html")
    assert (answer.status_code, answer.json_body["type"]) == (
        406,
        "urn:heed:problem:not-acceptable",
    )
