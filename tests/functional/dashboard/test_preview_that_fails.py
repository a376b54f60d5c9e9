"""A preview stands in a frame. What may be in no frame, a browser shows as nothing at all: so what
keeps a preview from being shown is told by a page that may."""

from typing import Any

import pytest

from tests.functional.conftest import Heed
from tests.support.members import Browser, signed_in
from tests.support.samples import SURVEY

HERE = f"/app/setup/surveys/{SURVEY.id}"
TRIED = "It is tried again when you change something."


def framed(answer: Any) -> str:
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    return str(answer.body.decode())


def test_a_store_that_does_not_answer_is_told(heed: Heed, faulty: Any, dynamodb: Any) -> None:
    browser = signed_in(heed)
    faulty(dynamodb, {"GetItem": [("before", "InternalServerError", 500)] * 20})
    answer = browser.open(f"{HERE}/preview?kind=mail&lang=ar")
    assert answer.status_code == 503
    assert TRIED in framed(answer)


@pytest.mark.parametrize("path", [HERE, "/app/setup/new-survey"])
def test_an_ended_session_is_told(heed: Heed, path: str) -> None:
    answer = Browser(heed).post(f"{path}/preview", {"name": "Visits"})
    assert answer.status_code == 401
    assert "Sign in again in another tab" in framed(answer)


def test_a_token_that_is_no_more_is_told(heed: Heed) -> None:
    answer = signed_in(heed).post(f"{HERE}/preview", {"name": "Visits"})
    assert answer.status_code == 403
    assert TRIED in framed(answer)


def test_every_other_page_may_be_in_no_frame(heed: Heed) -> None:
    for path in ("/app", "/app/nothing", HERE):
        policy = signed_in(heed, address=f"{len(path)}@example.com").open(path).headers
        assert "frame-ancestors 'none'" in policy["Content-Security-Policy"]
