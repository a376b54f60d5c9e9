"""A page that is made of several answers of the API reads next to nothing twice, and changes
nothing. What goes side by side, in threads of its own, is read anew there."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib import keys, wiring
from chalicelib.shared_reads import sharing_reads
from chalicelib.table import Query
from tests.functional.conftest import Heed
from tests.support.given_surveys import body_of
from tests.support.members import signed_in
from tests.support.owners import task_of
from tests.support.samples import SURVEY


@pytest.fixture
def reads() -> Iterator[Counter[str]]:
    """Each read of the table, and how often it was made."""
    events, seen = wiring.table()._table._client.meta.events, Counter[str]()  # type: ignore[attr-defined]

    def note(params: Any, model: Any, **_: Any) -> None:
        if model.name in ("GetItem", "Query"):
            asked = {name: part for name, part in params.items() if name != "TableName"}
            seen[json.dumps(asked, sort_keys=True, default=str)] += 1

    events.register("before-parameter-build.dynamodb", note)
    yield seen
    events.unregister("before-parameter-build.dynamodb", note)


@pytest.mark.parametrize("path", [f"/app/surveys/{SURVEY.id}", "/app", "/app/tasks"])
def test_a_page_reads_next_to_nothing_twice(heed: Heed, reads: Counter[str], path: str) -> None:
    task_of(heed)
    browser = signed_in(heed)
    reads.clear()
    assert browser.open(path).status_code == 200
    again = sum(count - 1 for count in reads.values())
    assert again * 10 <= sum(reads.values()), reads.most_common(3)


def test_the_next_request_reads_anew(heed: Heed) -> None:
    browser, path = signed_in(heed), f"/app/surveys/{SURVEY.id}"
    assert b"Service Desk" not in browser.open(path).body
    body = body_of(SURVEY, "id")
    heed.call("PUT", f"/v1/surveys/{SURVEY.id}", {**body, "name": "Service Desk"})
    assert b"Service Desk" in browser.open(path).body


def test_who_changes_what_was_read_changes_it_for_nobody_else(heed: Heed) -> None:
    table, key, query = wiring.table(), keys.survey(SURVEY.id), Query(keys.SURVEYS, "listed")
    with sharing_reads():
        for read in (lambda: table.get(key), lambda: table.query(query).items[0]):
            found = read()
            assert found
            found["name"] = "Changed"
            assert (read() or {})["name"] == SURVEY.name
