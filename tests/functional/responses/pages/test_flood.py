"""A link that is opened without end: its visit stays small, and a person is still heard."""

import json
from datetime import timedelta

from tests.support.capacity import size_of
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY
from tests.support.tapping import DESKTOP, FORM, MOUSE, PHONE, Mail

PRESSED = {"trusted": "1", "gesture": json.dumps(MOUSE)}


def flood(mail: Mail, count: int = 60) -> None:
    for number in range(count):
        mail.open(number % 11, f"Mozilla/5.0 Chrome/{number}")


def visit(mail: Mail) -> dict[str, int]:
    (found,) = mail.heed.items("VISIT")
    return found  # type: ignore[return-value]


def test_a_person_after_a_flood_counts(mail: Mail) -> None:
    flood(mail)
    assert (visit(mail)["entries"], visit(mail)["refused"]) == (48, 12)
    mail.clock.shift(timedelta(minutes=5))
    page = mail.send(mail.open(2), 2, comment="slow", **PRESSED)
    assert "Your 2 is recorded." in page.body.decode()
    assert (mail.response["state"], mail.response["comment"]) == ("counted", "slow")
    assert tallied(mail.heed.stored()) == recounted(mail.heed.stored())


def test_a_person_in_the_midst_of_a_flood_counts_by_the_button(mail: Mail) -> None:
    flood(mail)
    mail.send(mail.open(2), 2, **PRESSED)
    assert (mail.response["state"], mail.response["score"]) == ("counted", 2)


def test_a_form_without_input_in_the_midst_of_a_flood_is_held(mail: Mail) -> None:
    flood(mail)
    nonce = mail.open(2)
    mail.clock.shift(timedelta(seconds=4))
    mail.send(nonce, 2)
    assert (mail.response["state"], mail.response["why"]) == ("held", "network")


def test_a_link_that_filled_up_over_weeks_is_no_flood(mail: Mail) -> None:
    for _ in range(50):
        mail.open(9)
        mail.clock.shift(timedelta(hours=9))
    nonce = mail.open(9)
    mail.clock.shift(timedelta(seconds=4))
    mail.send(nonce, 9)
    assert mail.response["state"] == "counted"


def test_a_beacon_without_a_place_changes_nothing_and_says_nothing(mail: Mail) -> None:
    flood(mail)
    before = visit(mail)
    nonce = mail.open(9)
    assert mail.beacon(nonce, "gesture", gesture=MOUSE).status_code == 204
    assert mail.response is None
    assert visit(mail)["entries"] == before["entries"]


def test_forms_have_sixteen_places_more_and_then_the_page_says_so(mail: Mail) -> None:
    flood(mail)
    for number in range(16):
        assert mail.send(mail.open(number % 11), number % 11, **PRESSED).status_code == 200
    kept = mail.response
    page = mail.send(mail.open(9), 9, comment="one more", **PRESSED)
    assert (page.status_code, page.headers["Retry-After"]) == (429, "86400")
    assert "one more" in page.body.decode()
    assert (visit(mail)["entries"], mail.response) == (64, kept)
    assert size_of(visit(mail)) < 14 * 1024


def test_forms_that_cannot_count_take_no_place_of_those_that_can(mail: Mail) -> None:
    flood(mail)
    assert mail.post("", b"score=0", DESKTOP, FORM).status_code == 429
    assert mail.send(mail.open(0, "curl/8"), 0, "curl/8").status_code == 429
    assert mail.send(mail.open(9), 9, **PRESSED).status_code == 200
    assert mail.response["score"] == 9


def test_the_same_form_twice_is_one_entry(mail: Mail) -> None:
    nonce = mail.open(9)
    for _ in range(3):
        mail.clock.shift(timedelta(seconds=2))
        mail.send(nonce, 9, open_ms="1500", **PRESSED)
        mail.post("", b"score=3", DESKTOP, FORM)
    assert visit(mail)["entries"] == 3


def test_an_operator_decides_when_no_place_is_left(mail: Mail) -> None:
    for number in range(60):
        mail.send(mail.open(2, PHONE), 2, PHONE, trusted="0", comment=f"{number}")
    assert (visit(mail)["entries"], mail.response["state"]) == (64, "held")
    path = f"/v1/surveys/{SURVEY.id}/responses/{mail.invitation.id}"
    assert mail.heed.call("PATCH", path, {"state": "counted"}).status_code == 200
    assert (mail.response["state"], mail.response["score"]) == ("counted", 2)
