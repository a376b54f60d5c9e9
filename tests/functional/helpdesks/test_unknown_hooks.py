"""A hook that there is not: the same answer after the same work, whatever is sent to it."""

from collections import Counter

import pytest

from chalicelib import wiring
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.hook import Hook
from chalicelib.table import Key
from tests.functional.conftest import HOOK, Heed
from tests.support.samples import SURVEY

MADE_UP = [
    "/v1/hooks/zendesk/nobody",
    f"/v1/hooks/zendesk/{HOOK[:-1]}x",
    f"/v1/hooks/unheard/{HOOK}",
    "/v1/hooks/unheard/nobody",
]


@pytest.fixture
def reads(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each key of the table was read from here on."""
    table, counted = wiring.table(), Counter[str]()
    get = table.get

    def counting(key: Key) -> object:
        counted[key.pk] += 1
        return get(key)

    monkeypatch.setattr(table, "get", counting)
    return counted


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("path", MADE_UP)
def test_a_made_up_hook_is_not_found_after_one_read(
    heed: Heed, reads: Counter[str], method: str, path: str
) -> None:
    answer = heed.http.request(method, path, body=b"{}" if method == "POST" else b"")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json_body["type"] == "urn:heed:problem:not-found"
    assert sum(reads.values()) == 1


@pytest.mark.parametrize("path", MADE_UP)
def test_what_is_not_there_does_not_answer_differently_by_method(heed: Heed, path: str) -> None:
    bodies = {heed.http.request(method, path).body for method in ("GET", "HEAD", "POST")}
    assert len(bodies) == 1


def test_a_hook_that_there_is_costs_as_much_to_show(heed: Heed, reads: Counter[str]) -> None:
    assert heed.call("GET", f"/v1/hooks/zendesk/{HOOK}").status_code == 200
    assert sum(reads.values()) == 1


def test_a_hook_of_a_tool_that_is_not_known_takes_nothing(heed: Heed) -> None:
    helpdesks_wiring.hooks().add(Hook("unheard", HOOK, SURVEY.id))
    assert heed.call("POST", f"/v1/hooks/unheard/{HOOK}", {}).status_code == 404
