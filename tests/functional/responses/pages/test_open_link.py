"""The open link of a survey: no name and no invitation."""

import io
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.notify.effects.handlers import plan_effects
from chalicelib.web.rate_limit import LIMIT
from tests.functional.conftest import Heed
from tests.support.filling import OFF_THE_SCALE, UNREADABLE_FORMS, filled_in
from tests.support.open_link import LINK, Door, cookie_in
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY


def test_opening_shows_the_scale_with_nothing_chosen_and_changes_nothing(
    door: Door, heed: Heed
) -> None:
    before = heed.stored()
    page = door.open("?group=Network")
    assert page.status_code == 200
    assert heed.http.request("HEAD", LINK).status_code == 200
    html = page.body.decode()
    assert html.count('type="radio"') == 11
    assert " checked" not in html
    assert "Set-Cookie" not in page.headers
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert heed.stored() == before


def test_the_page_promises_what_is_true_of_it(door: Door) -> None:
    html = door.open().body.decode()
    assert "Nobody asks who you are" in html
    assert "your name" not in html
    door.put(asks_contact=True)
    assert 'name="contact"' not in door.open().body.decode()


def test_an_answer_is_counted_without_a_person_and_without_a_response_rate(
    door: Door, heed: Heed
) -> None:
    page = door.answer(9, "Quick at the counter.")
    assert page.status_code == 200
    assert "Your 9 is recorded" in page.body.decode()
    (stored,) = heed.items("RESPONSE")
    assert (stored["score"], stored["comment"], stored["open"]) == (
        9,
        "Quick at the counter.",
        True,
    )
    assert not stored.keys() & {"person", "ticket", "email"}
    cells = tallied(heed.stored())
    assert cells == recounted(heed.stored())
    assert cells[(SURVEY.id, "all", "2026-11-20")] == {
        "n": 1,
        "nc": 1,
        "praise": 1,
        "c9": 1,
    }
    scores = heed.call("GET", f"/v1/surveys/{SURVEY.id}/scores").json_body
    assert (scores["responses"], scores["asked"], scores["answered"]) == (1, 0, 0)


def test_the_same_form_twice_is_one_answer(door: Door) -> None:
    form = filled_in(door.open(), 9)
    for _ in range(2):
        assert door.send(form).status_code == 200
    assert door.answers == [9]


def test_a_survey_without_an_open_link_is_like_no_survey(door: Door, heed: Heed) -> None:
    door.put(open_link=False)
    gone = heed.http.get("/r/nonsense").body
    for page in (door.open(), door.send({"score": 9}), heed.http.get("/s/none")):
        assert (page.status_code, page.body) == (404, gone)
    for path in ("/s/..%2f", "/s/IT-HELP-DESK", "/s/" + "x" * 500):
        assert heed.http.get(path).status_code == 404
    assert heed.items("RESPONSE") == []


@pytest.mark.parametrize("score", OFF_THE_SCALE)
def test_a_score_off_the_scale_is_refused_and_the_words_are_kept(
    door: Door, heed: Heed, score: str
) -> None:
    page = door.answer(score, "Three people asked me the same.")
    assert page.status_code == 400
    assert "Three people asked me the same." in page.body.decode()
    assert door.answers == []
    assert heed.items("RATE") == []


@pytest.mark.parametrize(("raw", "status"), UNREADABLE_FORMS)
def test_a_form_that_cannot_be_read_writes_nothing(door: Door, raw: bytes, status: int) -> None:
    page = door.send(raw)
    assert page.status_code == status
    assert "text/html" in page.headers["Content-Type"]
    assert door.answers == []


def test_words_are_kept_clean_and_shown_escaped(door: Door, heed: Heed) -> None:
    page = door.answer(9, "e\u0301\x00\u202e</textarea><script>alert(1)</script>")
    assert heed.items("RESPONSE")[0]["comment"] == "é</textarea><script>alert(1)</script>"
    assert "<script>alert" not in page.body.decode()


@pytest.mark.parametrize("nonce", ["", "x", "a" * 27, "A" * 26, "é" * 26, "a" * 5000])
def test_a_form_typed_by_hand_is_taken(door: Door, nonce: str) -> None:
    assert door.send({"score": 9, "nonce": nonce}).status_code == 200
    assert door.answers == [9]


def test_protected_fields_have_no_effect(door: Door, heed: Heed) -> None:
    door.send({"score": 9, "segments": "x", "version": "7", "gone": "1", "person": "p"})
    (stored,) = heed.items("RESPONSE")
    assert (stored["version"], stored["segments"]) == (1, [])
    assert "person" not in stored


def test_a_table_that_is_down_keeps_the_form(
    door: Door, faulty: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = filled_in(door.open(), 3, "Three people asked me the same.")
    monkeypatch.setattr(wiring, "pause", lambda attempt: None)
    down = [("before", "ThrottlingException", 400)] * 99
    faulty(wiring.table()._table._client, {"TransactWriteItems": down})  # type: ignore[attr-defined]
    page = door.send(form)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
    assert "Three people asked me the same." in page.body.decode()
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("fault", [("lost",), ("before", "ThrottlingException", 400), ("twice",)])
def test_a_lost_answer_of_the_table_is_one_answer(
    door: Door, faulty: Any, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = filled_in(door.open(), 9)
    monkeypatch.setattr(wiring, "pause", lambda attempt: None)
    client = wiring.table()._table._client  # type: ignore[attr-defined]
    faulty(client, {"TransactWriteItems": [fault, fault]})
    assert door.send(form).status_code == 200
    assert door.send({"score": 8}).status_code == 200
    assert door.answers == [8, 9]


def test_an_unhappy_answer_opens_a_task_without_a_ticket_and_no_mail(
    door: Door, heed: Heed, log_lines: io.StringIO
) -> None:
    door.answer(2, "Nobody was there.")
    (stored,) = heed.items("RESPONSE")
    event = {"detail": {"id": "event-1", "response": stored["id"]}}
    plan_effects(event)
    (task,) = heed.items("TASK")
    assert "ticket" not in task
    assert heed.items("FOLLOWUP") == []
    assert '"reason":"no_address"' in log_lines.getvalue()
    (shown,) = heed.call("GET", "/v1/tasks").json_body["items"]
    assert (shown["ticket"], shown["response"]["comment"]) == (None, "Nobody was there.")


def test_nothing_of_the_person_is_logged(door: Door, log_lines: io.StringIO) -> None:
    door.comes_from("198.51.100.7")
    cookie = cookie_in(door.answer(3, "Three people asked me the same."))
    door.answer(99, "Three people asked me the same.", cookie)
    for _ in range(LIMIT):
        door.answer(9, cookie=cookie)
    logged = log_lines.getvalue()
    assert '"view":"take_open_answer"' in logged
    for private in ("198.51", "Three people", cookie.partition("=")[2], "score"):
        assert private not in logged
