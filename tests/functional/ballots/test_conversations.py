"""The team and somebody who is not known write to each other about a published answer."""

from typing import Any

import boto3
import pytest

from chalicelib.api_keys.api_key import Scope
from tests.functional.conftest import BALLOTS, Heed
from tests.support.problems import problem
from tests.support.wave import PATH, Wave, receipt_in

MORNING, NEXT = "2026-11-21T08:00:00Z", "2026-11-22T00:00:01Z"
WORDS = "mark3x"


class Talk:
    """Of the person with number 3."""

    def __init__(self, wave: Wave, heed: Heed, clock: Any) -> None:
        self.wave, self.heed, self.clock = wave, heed, clock
        codes = [
            receipt_in(wave.vote(number, number % 11, f"mark{number}x")) for number in range(11)
        ]
        self.code = codes[3]

    def close(self) -> None:
        self.clock.move_to(MORNING)
        self.heed.call("POST", f"{PATH}/closing")
        self.clock.shift(61)
        assert self.heed.call("POST", f"{PATH}/closing").json_body["state"] == "closed"
        self.clock.shift(61)

    @property
    def answer(self) -> str:
        found = self.heed.call("GET", f"{PATH}/responses").json_body["items"]
        return next(str(one["id"]) for one in found if one["comment"] == WORDS)

    def reply(self, text: str, answer: str | None = None, key: str | None = None) -> Any:
        path = f"{PATH}/responses/{answer or self.answer}/replies"
        return self.heed.call("POST", path, {"text": text}, **({"key": key} if key else {}))

    def receipt(self, act: str = "read", **fields: object) -> Any:
        return self.heed.post_form("/c/it-2026", {"code": self.code, "act": act, **fields})

    def listed(self, query: str = "") -> Any:
        return self.heed.call("GET", f"{PATH}/conversations{query}").json_body


@pytest.fixture
def talk(wave: Wave, heed: Heed, clock: Any) -> Talk:
    wave.ask(11)
    wave.send()
    talk = Talk(wave, heed, clock)
    talk.close()
    return talk


def test_both_sides_read_what_the_other_wrote(talk: Talk) -> None:
    answer = talk.answer
    said = talk.reply("Which lift is slow?").json_body
    assert said == {"by": "team", "day": "2026-11-21", "text": "Which lift is slow?"}
    assert "Which lift is slow?" in talk.receipt().body.decode()
    page = talk.receipt("write", comment="The one in house B.").body.decode()
    assert "The one in house B." in page
    talk.clock.move_to(NEXT)
    (item,) = talk.listed()["items"]
    assert (item["response"], [one["by"] for one in item["messages"]]) == (
        answer,
        ["team", "person"],
    )
    assert item["messages"][1] == {
        "by": "person",
        "day": "2026-11-22",
        "text": "The one in house B.",
    }


def test_the_team_sees_no_hour_at_which_somebody_wrote(talk: Talk) -> None:
    talk.receipt("write", comment="I have more to say.")
    assert talk.listed()["items"] == []
    talk.clock.move_to(NEXT)
    assert [one["text"] for one in talk.listed()["items"][0]["messages"]] == ["I have more to say."]


def test_nothing_that_is_stored_tells_of_a_person_or_an_hour(talk: Talk) -> None:
    talk.reply("Which lift is slow?")
    before = talk.heed.stored()
    talk.receipt("write", comment="The one in house B.")
    assert talk.heed.stored() == before
    items = boto3.client("dynamodb").scan(TableName=BALLOTS)["Items"]
    (item,) = [one for one in items if one["SK"]["S"].startswith("CONVERSATION#")]
    assert item.keys() == {"PK", "SK", "count", "messages"}
    for message in item["messages"]["L"]:
        assert message["M"].keys() == {"by", "day", "text"}
        assert len(message["M"]["day"]["S"]) == 10


def test_taking_away_the_words_takes_the_conversation_away(talk: Talk) -> None:
    answer = talk.answer
    talk.reply("Which lift is slow?")
    talk.receipt("write", comment="The one in house B.")
    talk.receipt("withdraw")
    talk.clock.move_to(NEXT)
    assert talk.listed()["items"] == []
    assert "house B" not in str(boto3.client("dynamodb").scan(TableName=BALLOTS)["Items"])
    refused = talk.reply("Are you there?", answer)
    assert problem(refused)[0] == 409
    assert refused.json_body["errors"][0]["code"] == "conversation_ended"
    page = talk.receipt("write", comment="Once more.")
    assert page.status_code == 409
    assert "Are you there?" not in page.body.decode()


def test_the_same_words_twice_are_said_once(talk: Talk) -> None:
    for _ in range(2):
        talk.reply("Which lift is slow?")
    for _ in range(2):
        talk.receipt("write", comment="B.")
    talk.clock.move_to(NEXT)
    assert len(talk.listed()["items"][0]["messages"]) == 2


def test_a_conversation_ends_at_some_length(talk: Talk) -> None:
    answer = talk.answer
    codes = [talk.reply(f"Reply {number}", answer).status_code for number in range(31)]
    assert codes == [200] * 30 + [409]
    assert talk.receipt("write", comment="No room.").status_code == 409
    assert talk.reply("x" * 1001, answer).status_code == 422
    assert talk.receipt("write", comment="x" * 1001).status_code == 413


def test_a_wrong_receipt_writes_to_nobody(talk: Talk) -> None:
    page = talk.heed.post_form("/c/it-2026", {"code": "a" * 26, "act": "write", "comment": "Hello"})
    assert page.status_code == 404
    assert talk.reply("Hello", "a" * 26).status_code == 404


def test_a_key_without_people_read_writes_by_the_ids_that_it_is_shown(talk: Talk) -> None:
    key = talk.heed.make_key(Scope.RESPONSES_READ, Scope.TASKS_WRITE)
    found = talk.heed.call("GET", f"{PATH}/responses", key=key).json_body["items"]
    answer = next(one["id"] for one in found if one["comment"] == WORDS)
    assert answer != talk.answer
    assert talk.reply("Which?", answer, key).status_code == 200
    listed = talk.heed.call("GET", f"{PATH}/conversations?limit=1", key=key).json_body
    assert [one["response"] for one in listed["items"]] == [answer]
    if listed["next"]:
        again = f"{PATH}/conversations?cursor={listed['next']}"
        assert talk.heed.call("GET", again, key=key).json_body["items"] == []


def test_before_the_release_a_receipt_changes_the_answer(
    wave: Wave, heed: Heed, clock: Any
) -> None:
    wave.ask(11)
    wave.send()
    talk = Talk(wave, heed, clock)
    assert "Save changes" in talk.receipt().body.decode()
    page = talk.receipt("change", score=9, comment="Better now.")
    assert "You chose 9" in page.body.decode()
    new = receipt_in(page)
    assert new != talk.code
    assert receipt_in(talk.receipt("change", score=9, comment="Better now.")) == new
    assert talk.receipt().status_code == 404
    talk.code = new
    assert "Better now." in talk.receipt().body.decode()
    assert talk.receipt("change", comment="No score").status_code == 400
    assert talk.receipt("write", comment="Too early").status_code == 404
