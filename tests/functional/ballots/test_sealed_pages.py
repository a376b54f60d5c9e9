"""The pages of an anonymous survey, looked at with the eyes of somebody who wants to know who
answered. Names of tests end with the number of the attack in docs/anonymity.md."""

import io
import re
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient

from chalicelib.ballots.store import BallotStore
from tests.functional.conftest import BALLOTS, Heed
from tests.support.filling import PRESSED
from tests.support.wave import DEFINITION, PATH, Wave, receipt_in


@pytest.fixture
def asked(wave: Wave) -> Wave:
    wave.ask(12)
    wave.send()
    return wave


def ballots() -> list[Any]:
    found = boto3.client("dynamodb").scan(TableName=BALLOTS)["Items"]
    return [item for item in found if item["SK"]["S"].startswith("BALLOT#")]


def pages_of(heed: Heed, token: str) -> list[bytes]:
    return [heed.open(f"/r/{token}{end}").body for end in ("", "/7", "/promise")]


def test_a_vote_shows_its_score_and_a_receipt_to_copy_by_hand(asked: Wave) -> None:
    page = asked.vote(0, 7, "The queue is long.")
    assert page.status_code == 200
    assert "Your 7 is recorded." in page.body.decode()
    assert {len(part) for part in receipt_in(page).split("-")[:-1]} == {5}


def test_a_get_is_the_same_for_used_unused_and_changed_links_a11(asked: Wave, heed: Heed) -> None:
    token, other = asked.token(0), asked.token(1)
    unused = pages_of(heed, token)
    asked.vote(0, 7)
    used = pages_of(heed, token)
    asked.vote(0, 2, "I thought again.")
    assert pages_of(heed, token) == used == unused
    assert [page.replace(other.encode(), token.encode()) for page in pages_of(heed, other)] == used


def test_a_get_asks_the_same_of_the_tables_for_used_and_unused_links_a11(
    asked: Wave, heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So its time tells nothing, either."""
    calls, send = list[Any](), BaseClient._make_api_call

    def recorded(client: Any, operation: str, request: Any) -> Any:
        calls.append((operation, repr(request)))
        return send(client, operation, request)

    def asked_by(number: int) -> list[Any]:
        calls.clear()
        pages_of(heed, asked.token(number))
        return list(calls)

    asked_by(0)  # whatever is kept in memory is read by now
    monkeypatch.setattr(BaseClient, "_make_api_call", recorded)
    unused = asked_by(0)
    asked.vote(0, 7)
    used = asked_by(0)
    asked.vote(0, 2, "I thought again.")
    assert unused == used == asked_by(0) == asked_by(1)
    assert unused
    assert "BALLOT#" not in str(unused)


def test_a_get_writes_nothing_a20(asked: Wave, heed: Heed) -> None:
    before = heed.stored()
    token = asked.token(0)
    for score in range(11):
        for method in ("GET", "HEAD"):
            answer = heed.http.request(
                method, f"/r/{token}/{score}", headers={"Purpose": "prefetch"}
            )
            assert answer.status_code == 200
    assert heed.stored() == before
    assert ballots() == []


def test_no_page_sets_a_cookie_or_asks_another_site_a10(asked: Wave, heed: Heed) -> None:
    pages = [heed.open(f"/r/{asked.token(0)}/7"), asked.vote(0, 7), heed.open("/c/it-2026")]
    for page in pages:
        named = {name.lower(): value for name, value in page.headers.items()}
        assert "set-cookie" not in named
        assert named["cache-control"] == "no-store"
        assert "http" not in named["content-security-policy"]
        assert b'<meta name="referrer" content="no-referrer">' in page.body
        assert b"data-evidence" not in page.body


def test_a_forged_link_is_the_page_of_every_wrong_link_a18(asked: Wave, heed: Heed) -> None:
    token = asked.token(0)
    gone = heed.open("/r/nothing/7").body
    other = "b" if token[40] == "a" else "a"
    forged = [f"{token[:40]}{other}{token[41:]}", token[:-3], token + "aaaa", "aa", "a" * 10_000]
    for link in forged:
        for page in (heed.open(f"/r/{link}/7"), heed.post_form(f"/r/{link}", {"score": 7})):
            assert (page.status_code, page.body) == (404, gone)
    assert ballots() == []


def test_the_same_form_a_hundred_times_is_one_ballot_with_one_receipt_a19(asked: Wave) -> None:
    receipts = {receipt_in(asked.vote(0, 7, "Once.")) for _ in range(20)}
    assert len(receipts) == 1
    assert len(ballots()) == 1


def test_a_script_s_form_is_held_and_a_hand_confirms_it(asked: Wave, heed: Heed) -> None:
    form = {"score": 3, "trusted": "0", "open_ms": 100}
    page = heed.post_form(f"/r/{asked.token(0)}", form).body.decode()
    assert "Your 3 is not confirmed yet" in page
    assert "Your 8 is recorded." in asked.vote(0, 8).body.decode()


def test_a_failure_keeps_the_words_and_says_nothing_of_them_in_the_log_a25(
    asked: Wave, log_lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("word 0")

    monkeypatch.setattr(BallotStore, "put", fail)
    page = asked.vote(0, 7, "Private words")
    assert page.status_code == 503
    assert "Private words" in page.body.decode()
    assert not any(text in log_lines.getvalue() for text in ("Private", asked.token(0), "word 0"))


def test_after_the_last_day_the_link_is_like_a_wrong_one_a21(
    asked: Wave, heed: Heed, clock: Any
) -> None:
    token, gone = asked.token(0), heed.open("/r/nothing/7").body
    clock.move_to("2026-12-19T00:00:01Z")
    for page in (heed.open(f"/r/{token}/7"), asked.vote(0, 7)):
        assert (page.status_code, page.body) == (404, gone)
    assert ballots() == []


def test_a_receipt_reads_an_answer_and_withdraws_it(asked: Wave, heed: Heed) -> None:
    code = receipt_in(asked.vote(0, 7, "The queue is long."))
    found = heed.post_form("/c/it-2026", {"code": code.upper().replace("-", " "), "act": "read"})
    assert "You chose 7" in found.body.decode()
    assert "The queue is long." in found.body.decode()
    done = heed.post_form("/c/it-2026", {"code": code, "act": "withdraw"})
    assert "Done. Your answer has changed." in done.body.decode()
    assert ballots() == []
    assert heed.post_form("/c/it-2026", {"code": code, "act": "read"}).status_code == 404


def test_codes_cannot_be_guessed_quickly_a27(asked: Wave, heed: Heed) -> None:
    before = heed.stored()
    guesses = [heed.post_form("/c/it-2026", {"code": "a" * 26}).status_code for _ in range(62)]
    assert guesses == [404] * 60 + [429] * 2
    assert heed.stored() == before


def test_a_named_survey_has_no_receipts(heed: Heed) -> None:
    assert heed.open("/c/it-help-desk").status_code == 404


def test_reminders_go_to_all_who_were_asked_a14(asked: Wave, heed: Heed, clock: Any) -> None:
    assert heed.call("GET", PATH).json_body["reminder_days"] == 5
    asked.vote(0, 7)
    first = {mail["To"]: mail for mail in asked.mails}
    asked.mails.clear()
    clock.shift(6 * 24 * 3600)
    asked.remind()
    assert {mail["To"] for mail in asked.mails} == first.keys()


def test_the_longest_address_that_the_page_takes_is_kept(wave: Wave, heed: Heed) -> None:
    wave.heed.call("PUT", PATH, {**DEFINITION, "asks_contact": True})
    wave.ask(12)
    wave.send()
    page = heed.open(f"/r/{wave.token(0)}/7").body.decode()
    (most,) = re.findall(r'name="contact_address"[^>]* maxlength="(\d+)"', page)
    wish = {"contact": "yes", "contact_address": "x" * int(most)}
    heed.post_form(f"/r/{wave.token(0)}", {"score": 7, "open_ms": 4000, **PRESSED, **wish})
    assert ballots()[0]["contact"] == {"S": "x" * int(most)}
