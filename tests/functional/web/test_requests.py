"""What the API answers to a request before any room sees it."""

import gzip
import tracemalloc

from tests.functional.conftest import Heed
from tests.support.invitations import ASKED, INVITATIONS
from tests.support.problems import problem


def test_other_bad_requests_get_their_status(heed: Heed) -> None:
    assert problem(heed.call("POST", INVITATIONS, b"{")) == (400, "not-json")
    assert problem(heed.call("POST", INVITATIONS, b'{"email": NaN}')) == (400, "not-json")
    assert problem(heed.call("POST", INVITATIONS, b"[]")) == (400, "not-an-object")
    big = b'{"x": "' + b"x" * 256 * 1024 + b'"}'
    assert problem(heed.call("POST", INVITATIONS, big)) == (413, "too-large")
    form = heed.call("POST", INVITATIONS, b"a=1", Content_Type="application/x-www-form-urlencoded")
    assert problem(form) == (415, "unsupported-media-type")
    assert problem(heed.call("POST", "/v1/surveys/none/invitations", ASKED)) == (404, "not-found")
    assert problem(heed.call("GET", "/v1/invitations/none")) == (404, "not-found")
    assert problem(heed.call("GET", "/v1/tasks/none")) == (404, "not-found")


def test_a_packed_body_is_not_unpacked(heed: Heed) -> None:
    bomb = gzip.compress(b'{"email": "' + b"x" * 50_000_000 + b'"}')
    assert len(bomb) < 256 * 1024
    tracemalloc.start()
    answer = heed.call("POST", INVITATIONS, bomb, Content_Encoding="gzip")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert problem(answer) == (400, "not-json")
    assert most < 20_000_000


def test_health_needs_no_key(heed: Heed) -> None:
    assert heed.http.get("/v1/health").json_body == {"status": "ok"}
