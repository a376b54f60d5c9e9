"""An answer comes before the function's time is over, however slow the table is. The gateway would
say 502, and the words would be gone."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from chalice.test import HTTPResponse
from msgspec.structs import replace

from chalicelib import deadline, moments, wiring
from chalicelib.invitations.token import Purpose
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.helpdesks.test_hooks import deliver
from tests.support.samples import SURVEY, stored_invitation
from tests.support.slowness import SlowTable, slow_table

FUNCTION_S = 20
WORDS = "The laptop is <b>still</b> slow & loud."
SHOWN = "The laptop is &lt;b&gt;still&lt;/b&gt; slow &amp; loud."
PATH = f"/v1/surveys/{SURVEY.id}"
Post = Callable[[Heed], HTTPResponse]
Slow = Callable[..., SlowTable]
API: dict[str, Post] = {
    "an invitation": lambda heed: heed.call(
        "POST", f"{PATH}/invitations", {"email": "a@example.com"}, Idempotency_Key="once"
    ),
    "links": lambda heed: heed.call(
        "POST", f"{PATH}/links", {"email": "a@example.com", "ticket": {"id": "1"}}
    ),
    "a goal": lambda heed: heed.call(
        "POST", f"{PATH}/goals", {"metric": "score", "target": 50, "by": "2027-03-31"}
    ),
    "an outcome": lambda heed: heed.call(
        "POST",
        "/v1/outcomes",
        {"kind": "referral", "email": "a@example.com", "happened_at": "2026-11-01T00:00:00Z"},
    ),
    "contacts": lambda heed: heed.call(
        "POST",
        "/v1/accounts/acme/contacts/imports",
        b"contact,email\na,a@example.com\n",
        Content_Type="text/csv",
    ),
    "a hook": deliver,
}


@pytest.fixture
def slow(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    opened: list[Any] = []

    def begin(seconds: float, good: int = 0) -> SlowTable:
        client = wiring.table()._table._client  # type: ignore[attr-defined]
        opened.append(slow_table(client, monkeypatch, seconds, good))
        found: SlowTable = opened[-1].__enter__()
        return found

    yield begin
    for held in opened:
        held.__exit__(None, None, None)


@pytest.fixture(params=["send", "tap"])
def link(heed: Heed, request: pytest.FixtureRequest) -> str:
    surveys_wiring.surveys().put(replace(SURVEY, counts=request.param))
    now = moments.now()
    ends = now + timedelta(days=30)
    stored_invitation(wiring.table(), created_at=now, expires_at=ends, sent_at=now)
    link = f"/r/{heed.token(heed.items('INVITE')[0])}"
    assert heed.http.get(link).status_code == 200
    return link


@pytest.mark.parametrize("seconds", [1.0, 2.5, 5.0])
@pytest.mark.parametrize("good", [0, 1, 2, 3, 9])
def test_a_page_answers_in_time_with_the_words(
    heed: Heed, link: str, slow: Slow, seconds: float, good: int
) -> None:
    table = slow(seconds, good)
    page = heed.post_form(link, {"score": "3", "comment": WORDS})
    assert table.now < FUNCTION_S
    assert page.status_code == 200 or (page.status_code == 503 and SHOWN in page.body.decode())


@pytest.mark.parametrize("good", [0, 1])
def test_the_words_come_back_also_when_the_survey_cannot_be_read(
    heed: Heed, link: str, slow: Slow, good: int
) -> None:
    surveys_wiring.catalogue.cache_clear()
    table = slow(5.0, good)
    page = heed.post_form(link, {"score": "3", "comment": WORDS, "nonce": "n"})
    assert table.now < FUNCTION_S
    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
    assert SHOWN in page.body.decode()
    assert 'name="score"' in page.body.decode()


def test_words_without_a_survey_can_be_sent_again(heed: Heed, link: str, slow: Slow) -> None:
    surveys_wiring.catalogue.cache_clear()
    table = slow(5.0)
    heed.post_form(link, {"score": "3", "comment": WORDS})
    table.good, table.seconds = 99, 0.0
    assert heed.post_form(link, {"score": "3", "comment": WORDS}).status_code == 200


@pytest.mark.parametrize("good", [0, 1, 2, 3])
@pytest.mark.parametrize("post", API.values(), ids=API)
def test_the_api_answers_in_time(heed: Heed, slow: Slow, post: Post, good: int) -> None:
    heed.call("PUT", "/v1/accounts/acme", {"name": "Acme"})
    table = slow(5.0, good)
    assert post(heed).status_code in (200, 201, 202, 503)
    assert table.now < FUNCTION_S


@pytest.mark.parametrize("good", [0, 1, 2])
def test_unsubscribing_answers_in_time(heed: Heed, slow: Slow, good: int) -> None:
    stored_invitation(wiring.table())
    token = heed.token(heed.items("INVITE")[0], Purpose.UNSUBSCRIBE)
    table = slow(5.0, good)
    assert heed.post_form(f"/u/{token}", {"unsubscribe": "yes"}).status_code in (200, 503)
    assert table.now < FUNCTION_S


def test_lambda_s_own_clock_ends_the_tries_too() -> None:
    class Context:
        def get_remaining_time_in_millis(self) -> int:
            return 12_000

    with deadline.in_time(Context(), 20.0):
        assert deadline.time_left() <= 0
    assert deadline.time_left() == float("inf")
