"""The open link of a survey: no name, no invitation, one answer per device and pause."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
import time_machine
from chalice.local import LambdaEventConverter

from chalicelib import keys, moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.pages.rate_limit import LIMIT, RateStore, counted_as
from chalicelib.responses.record import erase_response, new_operation
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tasks.handlers import open_task, plan_follow_up
from tests.functional.conftest import Heed
from tests.support.fakes import FakeTable
from tests.support.filling import OFF_THE_SCALE, UNREADABLE_FORMS, action_of, filled_in
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY

LINK = f"/s/{SURVEY.id}"
NOON = datetime(2026, 11, 20, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


class Door:
    """The open link as one browser after another meets it."""

    def __init__(self, heed: Heed, patch: pytest.MonkeyPatch) -> None:
        self.heed = heed
        self.patch = patch
        self.put()

    def put(self, **changes: object) -> None:
        surveys_wiring.surveys().put(SURVEY.model_copy(update={"open_link": True, **changes}))
        surveys_wiring.catalogue.cache_clear()

    def comes_from(self, address: str) -> None:
        self.patch.setattr(LambdaEventConverter, "LOCAL_SOURCE_IP", address)

    def open(self, query: str = "") -> Any:
        return self.heed.http.get(LINK + query)

    def send(self, fields: object, cookie: str = "", query: str = "") -> Any:
        raw = fields if isinstance(fields, bytes) else _encoded(fields)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        return self.heed.http.post(LINK + query, headers=headers, body=raw)

    def answer(self, score: object, comment: str = "", cookie: str = "") -> Any:
        return self.send(filled_in(self.open(), score, comment), cookie)

    @property
    def answers(self) -> list[int]:
        assert tallied(self.heed.stored()) == recounted(self.heed.stored())
        return sorted(item["score"] for item in self.heed.items("RESPONSE"))


def _encoded(fields: Any) -> bytes:
    return urlencode(fields, doseq=True).encode()


def cookie_in(page: Any) -> str:
    return str(page.headers["Set-Cookie"]).partition(";")[0]


@pytest.fixture
def door(heed: Heed, monkeypatch: pytest.MonkeyPatch, clock: Any) -> Door:
    return Door(heed, monkeypatch)


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
    assert "<script" not in html
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


def test_a_device_changes_its_answer_within_the_pause(door: Door, clock: Any) -> None:
    cookie = cookie_in(door.answer(3, "slow"))
    clock.shift(timedelta(minutes=59))
    page = door.answer(8, cookie=cookie)
    assert cookie_in(page) == cookie
    assert "slow" in page.body.decode()
    assert door.answers == [8]


def test_a_device_answers_again_after_the_pause(door: Door, clock: Any) -> None:
    cookie = cookie_in(door.answer(3))
    clock.shift(timedelta(minutes=60))
    again = cookie_in(door.answer(8, cookie=cookie))
    assert again != cookie
    assert door.answers == [3, 8]


def test_another_device_adds_an_answer(door: Door) -> None:
    door.answer(3)
    door.answer(8)
    assert door.answers == [3, 8]


def test_a_kiosk_takes_one_person_after_another(door: Door, clock: Any) -> None:
    door.put(open_link_pause_minutes=0)
    first = door.answer(3)
    assert "Set-Cookie" not in first.headers
    door.answer(8)
    clock.shift(timedelta(minutes=1))
    # The page of the first was left open: whoever comes now is somebody else.
    door.send(filled_in(first, 10))
    assert door.answers == [3, 8, 10]


def test_a_second_thought_on_the_page_that_says_thanks_is_a_change(door: Door) -> None:
    door.put(open_link_pause_minutes=0)
    thanks = door.answer(3)
    door.send(filled_in(thanks, 4, "On reflection"))
    assert door.answers == [4]


def test_the_cookie_is_the_device_s_own_and_holds_nothing_else(door: Door, heed: Heed) -> None:
    set_cookie = door.answer(9).headers["Set-Cookie"]
    pattern = rf"heed-{SURVEY.id}=[a-z2-7]{{26}}; Max-Age=3600; HttpOnly; Secure; SameSite=Lax"
    assert re.fullmatch(pattern, set_cookie)
    # No Path: the browser takes the folder of the link, and no page of another kind gets it.
    (stored,) = heed.items("RESPONSE")
    assert stored["id"] not in set_cookie


def test_no_cookie_is_set_for_what_was_not_accepted(door: Door) -> None:
    for page in (door.open(), door.answer(11), door.answer(9, "x" * 10_001)):
        assert "Set-Cookie" not in page.headers


def test_the_id_of_an_answer_does_not_open_it(door: Door, heed: Heed) -> None:
    door.answer(9)
    (stored,) = heed.items("RESPONSE")
    door.answer(0, cookie=f"heed-{SURVEY.id}={stored['id']}")
    assert door.answers == [0, 9]


@pytest.mark.parametrize("cookie", ["", "x", "=", ";;;", "heed-it-help-desk=", "a=b; \xff=\x00"])
def test_a_cookie_that_cannot_be_read_is_none(door: Door, cookie: str) -> None:
    own = cookie_in(door.answer(9))
    door.answer(8, cookie=f"{cookie}; {own}; other=1")
    door.answer(7, cookie=cookie)
    assert door.answers == [7, 8]


def test_the_cookie_of_another_survey_changes_nothing(door: Door) -> None:
    cookie = cookie_in(door.answer(9))
    door.answer(8, cookie=cookie.replace(SURVEY.id, "another"))
    assert door.answers == [8, 9]


def test_an_erased_answer_is_not_changed_but_followed_by_another(door: Door, heed: Heed) -> None:
    cookie = cookie_in(door.answer(9))
    (stored,) = heed.items("RESPONSE")
    now = moments.now()
    erase_response(stored["id"], new_operation(now), now, responses_wiring.recording())
    assert door.answer(5, cookie=cookie).status_code == 200
    kept = [item for item in heed.items("RESPONSE") if not item.get("gone")]
    assert [item["score"] for item in kept] == [5]
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_a_link_says_its_declared_segments(door: Door, heed: Heed) -> None:
    page = door.open("?group=IT%20Service%20Desk&utm_source=signature&colour=red")
    action = action_of(page)
    assert action == "it-help-desk?group=IT+Service+Desk"
    sent = door.send(filled_in(page, 9), query="?" + action.partition("?")[2])
    assert action_of(sent) == action
    (stored,) = heed.items("RESPONSE")
    assert stored["segments"] == ["group=IT Service Desk"]
    cells = tallied(heed.stored())
    assert cells == recounted(heed.stored())
    assert cells[(SURVEY.id, "group=IT Service Desk", "2026-11-20")] == {"n": 1, "c9": 1}


@pytest.mark.parametrize(
    "query",
    [
        "group=",
        "group=a&group=b",
        "group=" + "x" * 101,
        "group=%E2%80%AEabc",
        "group=%00",
        "group",
        "Group=a",
        "segments=group",
    ],
)
def test_a_segment_that_is_not_plain_is_left_out(door: Door, heed: Heed, query: str) -> None:
    page = door.send({"score": 9}, query=f"?{query}")
    assert page.status_code == 200
    assert heed.items("RESPONSE")[0]["segments"] == []
    assert action_of(page) == SURVEY.id


def test_a_segment_cannot_leave_its_place(door: Door, heed: Heed) -> None:
    hostile = 'a#2026"><script>=b'
    page = door.send({"score": 9}, query="?group=a%232026%22%3E%3Cscript%3E%3Db")
    assert heed.items("RESPONSE")[0]["segments"] == [f"group={hostile}"]
    assert "<script" not in page.body.decode()
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_a_segment_changes_nothing_on_a_later_answer(door: Door, heed: Heed) -> None:
    cookie = cookie_in(door.send({"score": 9}, query="?group=A"))
    door.send({"score": 8}, cookie, query="?group=B")
    assert heed.items("RESPONSE")[0]["segments"] == ["group=A"]
    assert door.answers == [8]


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
    assert "<script" not in page.body.decode()


@pytest.mark.parametrize("nonce", ["", "x", "a" * 27, "A" * 26, "é" * 26, "a" * 5000])
def test_a_form_typed_by_hand_is_taken(door: Door, nonce: str) -> None:
    assert door.send({"score": 9, "nonce": nonce}).status_code == 200
    assert door.answers == [9]


def test_protected_fields_have_no_effect(door: Door, heed: Heed) -> None:
    door.send({"score": 9, "segments": "x", "version": "7", "gone": "1", "person": "p"})
    (stored,) = heed.items("RESPONSE")
    assert (stored["version"], stored["segments"]) == (1, [])
    assert "person" not in stored


def test_ten_answers_a_minute_and_then_a_page_that_says_when(door: Door, clock: Any) -> None:
    for _ in range(LIMIT):
        assert door.answer(9).status_code == 200
    page = door.answer(3, "Three people asked me the same.")
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "55"
    assert "Three people asked me the same." in page.body.decode()
    assert "Set-Cookie" not in page.headers
    assert door.answers == [9] * LIMIT
    clock.shift(timedelta(seconds=55))
    assert door.send(filled_in(page, 3)).status_code == 200
    assert len(door.answers) == LIMIT + 1


@pytest.mark.parametrize(
    ("neighbour", "stranger"),
    [("198.51.100.200", "198.51.101.1"), ("2001:db8:1:ffff::1", "2001:db8:2::1")],
)
def test_a_network_is_what_is_limited(door: Door, neighbour: str, stranger: str) -> None:
    door.comes_from("198.51.100.1" if "." in neighbour else "2001:db8:1::1")
    for _ in range(LIMIT):
        door.answer(9)
    door.comes_from(neighbour)
    assert door.answer(9).status_code == 429
    door.comes_from(stranger)
    assert door.answer(9).status_code == 200
    for odd in ("", "nonsense"):
        door.comes_from(odd)
        assert door.answer(9).status_code == 200


def test_a_limit_that_is_reached_shuts_no_page_and_no_other_survey(door: Door, heed: Heed) -> None:
    for _ in range(LIMIT + 1):
        door.answer(9)
    assert door.open().status_code == 200
    other = SURVEY.model_copy(update={"id": "another", "open_link": True})
    surveys_wiring.surveys().put(other)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert heed.http.post("/s/another", headers=kind, body=b"score=9").status_code == 200


def test_what_is_counted_names_no_network_and_ends(door: Door, heed: Heed) -> None:
    door.comes_from("198.51.100.7")
    door.answer(9)
    (item,) = heed.items("RATE")
    assert "198.51" not in str(heed.stored())
    assert item["expires_at"] <= (NOON + timedelta(hours=1)).timestamp()
    key = invitations_wiring.person_key().encode()
    minutes = {
        counted_as(SURVEY.id, "198.51.100.7", NOON + timedelta(minutes=m), key) for m in (0, 1)
    }
    assert len(minutes) == 2


def test_answers_at_the_same_moment_are_all_counted_against_the_limit() -> None:
    table = FakeTable()
    rates = RateStore(table)
    overtaken: list[bool] = []

    def slip_in(operation: str) -> None:
        if operation == "write" and len(overtaken) < 4:
            table.before, keep = (lambda _: None), table.before
            overtaken.append(rates.take("network", NOON))
            table.before = keep

    table.before = slip_in
    assert rates.take("network", NOON)
    assert table.items[keys.rate("network")]["taken"] == 5
    table.before = lambda _: None
    assert [rates.take("network", NOON) for _ in range(6)] == [True] * 5 + [False]


def test_a_table_that_is_down_keeps_the_form(
    door: Door, faulty: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = filled_in(door.open(), 3, "Three people asked me the same.")
    monkeypatch.setattr(wiring, "pause", lambda attempt: None)
    down = [("before", "ThrottlingException", 400)] * 99
    faulty(wiring.table()._client, {"TransactWriteItems": down})  # type: ignore[attr-defined]
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
    client = wiring.table()._client  # type: ignore[attr-defined]
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
    open_task(event)
    plan_follow_up(event)
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


QR = f"/v1/surveys/{SURVEY.id}/qr"


def test_the_qr_code_is_a_drawing_of_the_open_link(door: Door, heed: Heed) -> None:
    shown = heed.call("GET", QR)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/svg+xml")
    svg = shown.body.decode()
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert f"https://heed.example.com{LINK}" in svg
    assert "<script" not in svg
    assert heed.call("GET", QR + "?group=Network").body != shown.body


@pytest.mark.parametrize("query", ["colour=red", "group=a&group=b", "group=", "group=%00"])
def test_a_segment_that_the_survey_does_not_have_is_not_printed(
    door: Door, heed: Heed, query: str
) -> None:
    answer = heed.call("GET", f"{QR}?{query}")
    assert answer.status_code == 409
    assert answer.json_body["errors"][0]["code"] == "segment_invalid"


def test_there_is_no_qr_code_without_an_open_link_or_a_key_for_it(door: Door, heed: Heed) -> None:
    assert heed.call("GET", QR, key=heed.make_key(Scope.SCORES_READ)).status_code == 403
    assert heed.http.get(QR).status_code == 401
    assert heed.call("GET", "/v1/surveys/none/qr").status_code == 404
    door.put(open_link=False)
    assert heed.call("GET", QR).status_code == 404


@pytest.mark.parametrize("minutes", [-1, 43_201, "soon", None])
def test_a_pause_that_cannot_be_is_refused(heed: Heed, minutes: object) -> None:
    body = {"name": "R", "question": "How likely?", "audience": "external", "team": "Sales"}
    change = {"open_link": True, "open_link_pause_minutes": minutes}
    assert heed.call("PUT", "/v1/surveys/reviews", body | change).status_code == 422
