"""A tap that counts by itself: what the page saw, the judge's verdict, the operator's word."""

import json
from datetime import timedelta

import pytest
from chalice.test import HTTPResponse
from msgspec.structs import replace

import app
from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY
from tests.support.tapping import DESKTOP, FORM, MOUSE, PHONE, Mail

HELD = f"/v1/surveys/{SURVEY.id}/responses?state=held"


def test_a_get_leaves_nothing_that_anybody_sees(mail: Mail) -> None:
    for score in range(11):
        mail.open(score)
    assert mail.response is None
    assert mail.heed.items("TASK") == []
    kinds = {item["SK"].partition("#")[0] for item in mail.heed.stored()}
    assert "VISIT" in kinds


def test_a_tap_with_a_mouse_counts_at_once(mail: Mail) -> None:
    nonce = mail.open(9)
    assert mail.beacon(nonce, "hello").status_code == 204
    assert mail.beacon(nonce, "gesture", gesture=MOUSE).status_code == 204
    assert (mail.response["state"], mail.response["score"]) == ("counted", 9)
    assert tallied(mail.heed.stored()) == recounted(mail.heed.stored())


def test_the_page_is_told_when_its_own_tap_counts_and_nothing_else(mail: Mail) -> None:
    nonce = mail.open(9)
    assert not told(mail.beacon(nonce, "hello"))
    assert told(mail.beacon(nonce, "gesture", gesture=MOUSE))
    assert told(mail.beacon(nonce, "dwell"))
    mail.clock.shift(timedelta(minutes=1))
    other = mail.open(9)
    assert not told(mail.beacon(other, "hello"))  # somebody else may have been forwarded the mail
    assert told(mail.beacon(other, "gesture", gesture=MOUSE))
    assert not told(mail.beacon(nonce, "dwell"))  # the later page's choice stands


def test_a_phone_that_only_looked_is_not_told_that_it_counts(mail: Mail) -> None:
    nonce = mail.open(9, PHONE)
    for kind in ("hello", "dwell", "leave"):
        assert not told(mail.beacon(nonce, kind, PHONE, touch=True))


def told(answer: HTTPResponse) -> bool:
    assert answer.status_code == 204
    return answer.headers.get("Heed-Recorded") == "yes"


def test_a_tap_on_a_phone_counts_after_ten_minutes_and_not_before(mail: Mail) -> None:
    nonce = mail.open(3, PHONE)
    for kind in ("hello", "dwell", "leave"):
        mail.beacon(nonce, kind, PHONE, touch=True)
    assert mail.response["state"] == "settling"
    assert responses(mail) == 0
    mail.clock.shift(timedelta(seconds=601))
    # Reading settles nothing.
    assert responses(mail) == 0
    app.tick({}, Clock())
    assert responses(mail) == 1
    assert mail.response["state"] == "counted"
    assert tallied(mail.heed.stored()) == recounted(mail.heed.stored())


def test_the_tick_settles_too_and_both_together_count_once(mail: Mail) -> None:
    nonce = mail.open(3, PHONE)
    for kind in ("hello", "dwell"):
        mail.beacon(nonce, kind, PHONE, touch=True)
    mail.tick(30 * 3600)
    mail.tick(0)
    assert mail.response["state"] == "counted"
    # A late tick changes no number: the answer counts on the day of the tap.
    assert mail.response["day"] == "2026-11-20"
    assert responses(mail) == 1


def test_a_desktop_that_only_looked_is_held_and_one_button_mends_it(mail: Mail) -> None:
    nonce = mail.open(9)
    mail.beacon(nonce, "hello")
    assert mail.response is None
    mail.tick()
    assert (mail.response["state"], mail.response["why"]) == ("held", "no_input")
    page = mail.send(nonce, 9, act="keep", trusted="1", gesture=json.dumps(MOUSE))
    assert "Your 9 is recorded." in page.body.decode()
    assert mail.response["state"] == "counted"


def test_what_is_held_is_shown_with_its_reason_and_says_so_on_the_page(mail: Mail) -> None:
    page = mail.send(mail.open(2), 2, trusted="0", comment="test")
    assert "not confirmed yet" in page.body.decode()
    (held,) = mail.heed.call("GET", HELD).json_body["items"]
    assert (held["state"], held["why"], held["score"]) == ("held", "untrusted", 2)
    assert responses(mail) == 0
    assert mail.heed.items("TASK") == []


@pytest.mark.parametrize(("word", "counted"), [("counted", 1), ("dismissed", 0)])
def test_an_operator_decides_on_what_is_held(mail: Mail, word: str, counted: int) -> None:
    mail.send(mail.open(2), 2, trusted="0")
    path = f"/v1/surveys/{SURVEY.id}/responses/{mail.invitation.id}"
    decided = mail.heed.call("PATCH", path, {"state": word})
    assert decided.status_code == 200
    assert decided.json_body["state"] == word
    (key,), (response,) = mail.heed.items("KEY"), mail.heed.items("RESPONSE")
    assert response["changed_by"] == key["id"]
    assert responses(mail) == counted
    assert mail.heed.call("GET", HELD).json_body["items"] == []
    assert mail.heed.call("PATCH", path, {"state": word}).status_code == 404
    assert tallied(mail.heed.stored()) == recounted(mail.heed.stored())


def test_deciding_takes_a_scope_of_its_own_and_the_right_survey(mail: Mail) -> None:
    mail.send(mail.open(2), 2, trusted="0")
    path = f"/v1/surveys/{SURVEY.id}/responses/{mail.invitation.id}"
    reader = mail.heed.make_key(Scope.RESPONSES_READ)
    assert mail.heed.call("PATCH", path, {"state": "counted"}, key=reader).status_code == 403
    assert mail.heed.call("PATCH", path, {"state": "held"}).status_code == 422
    surveys_wiring.surveys().put(replace(SURVEY, id="other"))
    foreign = path.replace(SURVEY.id, "other")
    assert mail.heed.call("PATCH", foreign, {"state": "counted"}).status_code == 404


def test_a_sweep_is_held_and_the_person_after_it_counts(mail: Mail) -> None:
    for score in range(11):
        mail.beacon(mail.open(score), "hello")
    assert (mail.response["state"], mail.response["why"]) == ("held", "sweep")
    mail.clock.shift(timedelta(minutes=5))
    nonce = mail.open(7, PHONE)
    mail.beacon(nonce, "hello", PHONE, touch=True)
    mail.beacon(nonce, "gesture", PHONE, touch=True, gesture={"type": "touch", "n": 1})
    assert (mail.response["state"], mail.response["score"]) == ("counted", 7)


def test_a_form_without_a_page_is_held(mail: Mail) -> None:
    mail.post("", b"score=9", DESKTOP, FORM)
    assert (mail.response["state"], mail.response["why"]) == ("held", "foreign_form")


def test_a_nonce_of_another_visit_or_browser_is_no_evidence(mail: Mail) -> None:
    nonce = mail.open(9)
    assert mail.beacon(nonce, "gesture", PHONE, gesture=MOUSE).status_code == 204
    assert mail.beacon("nonsense", "gesture", gesture=MOUSE).status_code == 204
    assert mail.beacon(nonce[:20] + nonce[21:] + "a", "gesture", gesture=MOUSE).status_code == 204
    assert mail.response is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 204),
        (b"{", 204),
        (b"[]", 204),
        (b'{"nonce": 7, "type": "hello"}', 204),
        (b'{"nonce": "x", "type": "vote"}', 204),
        (b"[" * 900, 204),
        (b"x" * 1025, 413),
        (b"x" * 1_000_000, 413),
    ],
)
def test_a_beacon_that_cannot_be_read_changes_nothing(mail: Mail, body: bytes, status: int) -> None:
    before = mail.heed.stored()
    assert mail.post("/evidence", body, DESKTOP, "text/plain").status_code == status
    assert mail.heed.stored() == before


def test_a_beacon_that_lies_gains_nothing_by_odd_types(mail: Mail) -> None:
    nonce = mail.open(9)
    lies = {"type": "pointermove", "n": "5", "trusted": "yes", "displaced_px": "far"}
    mail.beacon(nonce, "gesture", gesture=lies, webdriver="no", painted="yes")
    assert mail.response is None or mail.response["state"] == "held"


def test_facts_hold_neither_address_nor_browser_and_end_by_themselves(mail: Mail) -> None:
    mail.beacon(mail.open(9), "hello")
    (visit,) = mail.heed.items("VISIT")
    assert visit["entries"] == 2
    assert "127.0.0.1" not in str(visit)
    assert "Mozilla" not in str(visit)
    days = (visit["expires_at"] - moments.now().timestamp()) / 86400
    assert 34 < days < 36


def test_the_judge_s_own_numbers_are_shown_by_reason_and_posture(mail: Mail) -> None:
    mail.send(mail.open(2), 2, trusted="0")
    path = f"/v1/surveys/{SURVEY.id}/judged"
    found = mail.heed.call("GET", path).json_body
    assert found["states"] == {"held": 1}
    assert found["reasons"] == [
        {"state": "held", "why": "untrusted", "posture": "unknown", "count": 1}
    ]
    mail.clock.shift(timedelta(minutes=5))
    mail.send(mail.open(2), 2, trusted="1", gesture=json.dumps(MOUSE))
    assert mail.heed.call("GET", path).json_body["states"] == {"counted": 1}


def responses(mail: Mail) -> int:
    counted: int = mail.heed.call("GET", f"/v1/surveys/{SURVEY.id}/scores").json_body["responses"]
    return counted
