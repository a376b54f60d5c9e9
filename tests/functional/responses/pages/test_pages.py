"""The tap: links that change nothing, a form that does, and everything mangled."""

import io
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from chalicelib import moments, wiring
from chalicelib.invitations.token import Purpose
from tests.functional.conftest import Heed
from tests.support.filling import OFF_THE_SCALE, PRESSED, UNREADABLE_FORMS
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY, stored_invitation

WORDS = "Three people asked me the same."


@pytest.fixture
def token(heed: Heed) -> str:
    now = moments.now()
    stored_invitation(
        wiring.table(), created_at=now, expires_at=now + timedelta(days=30), sent_at=now
    )
    return heed.token(heed.items("INVITE")[0])


def form(heed: Heed, token: str, score: object = 9, comment: str = "") -> dict[str, object]:
    """The form of a page that was just opened, filled in."""
    page = heed.open(f"/r/{token}/9").body.decode()
    nonce = re.search(r'name="nonce" value="([^"]+)"', page)
    assert nonce
    return {"score": score, "comment": comment, "nonce": nonce[1], **PRESSED}


def apart_from_visits(heed: Heed) -> list[Any]:
    """Everything that a score, a task, an e-mail or a person can see."""
    kept = ("INVITE", "RESPONSE")
    visits = [
        item
        for item in heed.stored()
        if item["PK"].startswith("INVITE#") and item["SK"] not in kept
    ]
    return [item for item in heed.stored() if item not in visits]


def test_every_link_shows_its_score_and_changes_nothing(heed: Heed, token: str) -> None:
    before = apart_from_visits(heed)
    for score in range(11):
        page = heed.http.get(f"/r/{token}/{score}")
        assert page.status_code == 200
        assert f"You chose {score}" in page.body.decode()
        assert heed.http.request("HEAD", f"/r/{token}/{score}").status_code == 200
    assert heed.http.get(f"/r/{token}").status_code == 200
    assert apart_from_visits(heed) == before


def test_rendering_a_tap_reads_only_the_survey_and_that_once_and_notes_the_visit(
    heed: Heed, token: str
) -> None:
    heed.http.get(f"/r/{token}/9")
    calls: list[str] = []
    wiring.table()._table._client.meta.events.register(  # type: ignore[attr-defined]
        "before-send.dynamodb", lambda event_name, **_: calls.append(event_name)
    )
    heed.http.get(f"/r/{token}/3")
    assert len(calls) == 1
    assert "Put" in calls[0] or "Update" in calls[0]


def test_a_post_records_the_answer_and_says_so(heed: Heed, token: str) -> None:
    page = heed.post_form(f"/r/{token}", form(heed, token, 9, "Solved in one call."))
    assert page.status_code == 200
    assert "Your 9 is recorded" in page.body.decode()
    (stored,) = heed.items("RESPONSE")
    assert (stored["score"], stored["comment"]) == (9, "Solved in one call.")
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_the_same_form_twice_is_one_answer(heed: Heed, token: str) -> None:
    fields = form(heed, token, 9)
    for _ in range(2):
        assert heed.post_form(f"/r/{token}", fields).status_code == 200
    assert heed.items("RESPONSE")[0]["version"] == 1


def test_a_change_of_mind_is_the_answer(heed: Heed, token: str) -> None:
    heed.post_form(f"/r/{token}", form(heed, token, 3, "slow"))
    page = heed.post_form(f"/r/{token}", form(heed, token, 8))
    assert "Your 8 is recorded" in page.body.decode()
    assert tallied(heed.stored()) == recounted(heed.stored())


@pytest.mark.parametrize(
    "path",
    [
        *("/r/{0}/11", "/r/{0}/-1", "/r/{0}/9a", "/r/{0}/99", "/r/{0}/٩"),
        *("/r/{0}x/9", "/r/x/9", "/r/{0}x"),
    ],
)
def test_every_wrong_link_gives_the_same_page(heed: Heed, token: str, path: str) -> None:
    page = heed.http.get(path.format(token))
    other = heed.http.get("/r/nonsense/9")
    assert page.status_code == 404
    assert page.body == other.body


def test_a_foreign_link_gives_that_page_too_and_an_expired_one_says_it_is_closed(
    heed: Heed, token: str
) -> None:
    gone = heed.http.get("/r/nonsense").body
    to_unsubscribe = heed.token(heed.items("INVITE")[0], Purpose.UNSUBSCRIBE)
    assert heed.post_form(f"/r/{to_unsubscribe}", form(heed, token)).body == gone
    long_ago = moments.now() - timedelta(days=40)
    expired = stored_invitation(
        wiring.table(), "old", created_at=long_ago, expires_at=long_ago + timedelta(days=30)
    )
    item = next(item for item in heed.items("INVITE") if item["id"] == expired.id)
    for page in (
        heed.http.get(f"/r/{heed.token(item)}/9"),
        heed.post_form(f"/r/{heed.token(item)}", form(heed, token)),
    ):
        assert page.status_code == 410
        assert "helpdesk@example.com" in page.body.decode()
        assert "<form" not in page.body.decode()
    assert heed.items("RESPONSE") == []


@pytest.mark.parametrize("score", OFF_THE_SCALE)
def test_a_score_off_the_scale_is_refused_and_the_words_are_kept(
    heed: Heed, token: str, score: str
) -> None:
    page = heed.post_form(f"/r/{token}", form(heed, token, score, WORDS))
    assert page.status_code == 400
    assert WORDS in page.body.decode()
    assert heed.items("RESPONSE") == []


@pytest.mark.parametrize(("raw", "status"), UNREADABLE_FORMS)
def test_a_form_that_cannot_be_read_writes_nothing(
    heed: Heed, token: str, raw: bytes, status: int
) -> None:
    page = heed.post_form(f"/r/{token}", raw)
    assert page.status_code == status
    assert "text/html" in page.headers["Content-Type"]
    assert heed.items("RESPONSE") == []


def test_10_000_characters_are_taken_and_one_more_is_told(heed: Heed, token: str) -> None:
    assert heed.post_form(f"/r/{token}", form(heed, token, 9, "x" * 10_001)).status_code == 413
    assert (
        heed.post_form(f"/r/{token}", form(heed, token, 9, "\U0001f600" * 10_000)).status_code
        == 200
    )
    assert len(heed.items("RESPONSE")[0]["comment"]) == 10_000


def test_a_comment_is_normalised_and_loses_what_is_invisible(heed: Heed, token: str) -> None:
    heed.post_form(f"/r/{token}", form(heed, token, 9, "  e\u0301\x00\u202e a\r\nb\ufeff  "))
    assert heed.items("RESPONSE")[0]["comment"] == "\u00e9 a\nb"


def test_a_comment_is_shown_escaped(heed: Heed, token: str) -> None:
    page = heed.post_form(
        f"/r/{token}", form(heed, token, 9, "</textarea><script>alert(1)</script>")
    )
    assert b"<script>alert" not in page.body


def test_a_form_typed_by_hand_is_kept_and_does_not_count(heed: Heed, token: str) -> None:
    page = heed.post_form(f"/r/{token}", {"score": 9, "comment": WORDS})
    assert "Your 9 is not confirmed yet" in page.body.decode()
    (stored,) = heed.items("RESPONSE")
    assert (stored["state"], stored["why"], stored["comment"]) == ("held", "foreign_form", WORDS)
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_protected_fields_have_no_effect(heed: Heed, token: str) -> None:
    heed.post_form(
        f"/r/{token}",
        form(heed, token, 9) | {"segments": "x", "version": "7", "gone": "1", "state": "held"},
    )
    stored = heed.items("RESPONSE")[0]
    assert stored["version"] == 1
    assert stored["survey"] == SURVEY.id
    assert stored["segments"] == ["group=IT Service Desk"]


def test_a_nonce_of_another_browser_is_no_key(heed: Heed, token: str) -> None:
    fields = form(heed, token, 9)
    raw = urlencode(fields).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "another"}
    assert heed.http.post(f"/r/{token}", headers=headers, body=raw).status_code == 200
    assert heed.items("RESPONSE")[0]["why"] == "foreign_form"


def test_pages_bring_the_headers_that_keep_the_link_private(heed: Heed, token: str) -> None:
    for path in (f"/r/{token}/9", "/r/nonsense"):
        headers = heed.http.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "Set-Cookie" not in headers


def test_a_table_that_is_down_reads_as_trouble_and_keeps_the_form(
    heed: Heed, token: str, faulty: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    heed.http.get(f"/r/{token}/9")
    monkeypatch.setattr(wiring, "pause", lambda attempt: None)
    down = [("before", "ThrottlingException", 400)] * 99
    faulty(wiring.table()._table._client, {"TransactWriteItems": down})  # type: ignore[attr-defined]
    page = heed.post_form(f"/r/{token}", form(heed, token, 3, WORDS))
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "30"
    assert WORDS in page.body.decode()


def test_a_secret_store_that_is_down_is_not_a_wrong_link(
    heed: Heed, token: str, faulty: Any
) -> None:
    wiring.secrets.cache_clear()  # forgets what it keeps for five minutes
    from chalicelib.aws.clients import client

    faulty(
        client("secretsmanager"), {"GetSecretValue": [("before", "InternalServiceError", 500)] * 9}
    )
    assert heed.http.get(f"/r/{token}/9").status_code == 503


def test_unsubscribing_takes_a_post_and_lasts(heed: Heed) -> None:
    invite = f"/v1/surveys/{SURVEY.id}/invitations"
    heed.call("POST", invite, {"email": "x@example.com"})
    link = f"/u/{heed.token(heed.items('INVITE')[0], Purpose.UNSUBSCRIBE)}"
    before = apart_from_visits(heed)
    assert heed.http.get(link).status_code == 200
    assert heed.http.request("HEAD", link).status_code == 200
    assert apart_from_visits(heed) == before
    assert heed.post_form(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert heed.post_form(link, {"unsubscribe": "yes"}).status_code == 200
    asked = heed.call("POST", invite, {"email": "X@example.com"}).json_body
    assert (asked["status"], asked["reason"]) == ("suppressed", "unsubscribed")


def test_no_token_and_no_words_are_logged(heed: Heed, token: str, log_lines: io.StringIO) -> None:
    heed.http.get(f"/r/{token}/9")
    heed.post_form(f"/r/{token}", form(heed, token, 3, WORDS))
    heed.post_form(f"/r/{token}", form(heed, token, 99, WORDS))
    logged = log_lines.getvalue()
    assert '"view":"take_answer"' in logged
    for private in (token, "Three people", "score"):
        assert private not in logged


@pytest.mark.parametrize("tail", ["9>", "9%3E", "9)", "9.", "9&amp;x=1"])
def test_what_a_mail_program_leaves_behind_an_address_does_no_harm(
    heed: Heed, token: str, tail: str
) -> None:
    page = heed.http.get(f"/r/{token.upper()}/{tail}")
    assert page.status_code == 200
    assert "You chose 9" in page.body.decode()
