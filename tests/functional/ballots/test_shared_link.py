"""One link for all people of an anonymous survey."""

import re
from typing import Any

import boto3
import pytest
from chalice.test import HTTPResponse

from tests.functional.conftest import BALLOTS, Heed
from tests.support.filling import PRESSED
from tests.support.wave import DEFINITION, PATH, PEOPLE, Wave, receipt_in, token_in

SHARED = DEFINITION | {"link": "shared", "segments": []}


class Shared:
    def __init__(self, wave: Wave, heed: Heed) -> None:
        self.wave, self.heed = wave, heed
        assert heed.call("PUT", PATH, SHARED).status_code == 200
        people = [
            person | {"locale": ("de", "ja", "en")[number % 3]}
            for number, person in enumerate(PEOPLE[:12])
        ]
        self.told = heed.call("POST", f"{PATH}/waves", {"people": people}).json_body
        wave.send()
        self.path = self.told["link"].removeprefix("https://heed.example.com")

    def vote(
        self, score: int, comment: str = "", open_ms: object = "", **more: Any
    ) -> HTTPResponse:
        form = {"score": score, "comment": comment, "open_ms": open_ms, **PRESSED, **more}
        return self.heed.post_form(self.path, form)


@pytest.fixture
def shared(wave: Wave, heed: Heed) -> Shared:
    return Shared(wave, heed)


def ballots() -> list[Any]:
    found = boto3.client("dynamodb").scan(TableName=BALLOTS)["Items"]
    return [item for item in found if item["SK"]["S"].startswith("BALLOT#")]


def test_every_mail_has_the_same_link_byte_for_byte_a8(shared: Shared) -> None:
    texts = [
        mail.get_body((kind,)).get_content()
        for mail in shared.wave.mails
        for kind in ("plain", "html")
    ]
    links = {frozenset(re.findall(r"https://[^\s\"<>]+/r/[^\s\"<>]+", text)) for text in texts}
    assert len(shared.wave.mails) == 12
    assert len({token_in(mail) for mail in shared.wave.mails}) == 1
    assert {
        link for found in links for link in found if not link.startswith(shared.told["link"])
    } == set()


def test_a_reminder_has_it_too_and_the_wave_again(shared: Shared, clock: Any) -> None:
    shared.wave.mails.clear()
    clock.shift(6 * 24 * 3600)
    shared.wave.remind()
    assert {f"/r/{token_in(mail)}" for mail in shared.wave.mails} == {shared.path}


def test_no_two_answers_can_be_told_from_those_of_one_person(shared: Shared) -> None:
    receipts = {receipt_in(shared.vote(7, "Twice.")) for _ in range(2)}
    assert len(receipts) == len(ballots()) == 2


def test_a_form_that_the_browser_sends_twice_is_one_answer(shared: Shared) -> None:
    receipts = {receipt_in(shared.vote(7, "Once.", 4017)) for _ in range(2)}
    assert len(receipts) == len(ballots()) == 1
    shared.vote(7, "Once.", 4018)
    assert len(ballots()) == 2


def test_a_look_writes_nothing_and_is_the_same_for_everybody(shared: Shared, heed: Heed) -> None:
    before, stored = heed.open(f"{shared.path}/7").body, heed.stored()
    shared.vote(2, "Slow.")
    assert heed.open(f"{shared.path}/7").body == before
    assert heed.stored() == stored


def test_only_the_receipt_changes_an_answer(shared: Shared, heed: Heed) -> None:
    page = shared.vote(2, "Slow.")
    code, text = receipt_in(page), page.body.decode()
    assert 'action="../c/it-2026"' in text
    assert "/r/" not in text.split("<main")[1]
    heed.post_form("/c/it-2026", {"code": code, "act": "change", "score": 9})
    assert [item["score"]["N"] for item in ballots()] == ["9"]


def test_what_a_machine_sends_is_held_and_a_hand_is_another_answer(shared: Shared) -> None:
    page = shared.vote(3, open_ms=100, trusted="0").body.decode()
    assert "Your 3 is not confirmed yet" in page
    assert "Recorded" in shared.vote(3).body.decode()
    assert sorted("held" in item for item in ballots()) == [False, True]


def test_a_network_sends_so_many_answers_in_a_minute(shared: Shared) -> None:
    codes = [shared.vote(number % 11, "Words").status_code for number in range(61)]
    assert codes == [200] * 60 + [429]
    assert "Words" in shared.vote(1, "Words").body.decode()


def test_its_answers_are_published_and_nobody_says_how_many_were_asked(
    shared: Shared, heed: Heed, clock: Any
) -> None:
    for number in range(12):
        shared.vote(number % 11, f"mark{number}x")
    clock.move_to("2026-11-21T08:00:00Z")
    heed.call("POST", f"{PATH}/closing")
    clock.shift(61)
    closed = heed.call("POST", f"{PATH}/closing").json_body
    assert (closed["state"], closed["counts"]["published"]) == ("closed", 12)
    scores = heed.call("GET", f"{PATH}/scores").json_body
    assert (scores["responses"], scores["asked"], scores["response_rate"]) == (12, None, None)
    assert heed.open(shared.path).status_code == 404


def test_the_promise_says_what_it_cannot_prevent(shared: Shared, heed: Heed) -> None:
    page = heed.open(f"{shared.path}/promise").body.decode()
    assert "whoever has it can answer more than once" in page
    assert "could match your link" not in page


@pytest.mark.parametrize(
    "wrong", [{"identity": "confidential"}, {"identity": "named"}, {"segments": ["site"]}]
)
def test_only_an_anonymous_survey_without_segments_has_one(
    heed: Heed, wrong: dict[str, object]
) -> None:
    assert heed.call("PUT", PATH, SHARED | wrong).status_code == 422


def test_people_who_were_asked_by_one_kind_of_link_keep_it(shared: Shared, heed: Heed) -> None:
    refused = heed.call("PUT", PATH, SHARED | {"link": "personal"})
    assert [error["code"] for error in refused.json_body["errors"]] == ["link_in_use"]


def test_a_team_that_runs_the_mail_reads_nothing_of_it(wave: Wave, heed: Heed) -> None:
    heed.call("PUT", PATH, SHARED | {"team_runs_mail": True})
    told = wave.ask(12).json_body
    assert (told["warnings"], told["groups"]) == ([], [])
    assert wave.ask(12).json_body["link"] == told["link"]
