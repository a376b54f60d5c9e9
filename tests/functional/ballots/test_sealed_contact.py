"""Somebody who asks an anonymous survey to be contacted gives up to be anonymous with that answer,
and is told so before. Everybody else hides among as many as before."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.api_keys.api_key import Scope
from chalicelib.events import ResponseRecorded
from chalicelib.notify.effects.handlers import plan_effects
from chalicelib.publish import events_of
from tests.functional.ballots.test_sealed_pages import ballots
from tests.functional.conftest import Heed
from tests.support.filling import PRESSED
from tests.support.questions import QUESTIONS
from tests.support.recount import recounted, tallied
from tests.support.wave import DEFINITION, PATH, Wave, receipt_in

ADDRESS = "ingrid@example.com"
TOLD = "Then your answer is no longer anonymous:"


@pytest.fixture
def asked(wave: Wave) -> Wave:
    more = {"asks_contact": True, "questions": QUESTIONS}
    assert wave.heed.call("PUT", PATH, {**DEFINITION, **more}).status_code == 200
    wave.ask(20)
    wave.send()
    return wave


def vote(wave: Wave, number: int, score: int, address: str | None = None, **more: str) -> Any:
    """Of somebody who ticks `Please contact me` where there is an address."""
    wish = {} if address is None else {"contact": "yes", "contact_address": address}
    form = {"score": score, "comment": f"word {number}", "open_ms": 4000, **PRESSED}
    return wave.heed.post_form(f"/r/{wave.token(number)}", {**form, **wish, **more})


def release(wave: Wave, clock: Any) -> Any:
    clock.shift(timedelta(days=1))
    return wave.heed.call("POST", f"{PATH}/releases").json_body


def close(wave: Wave, clock: Any) -> Any:
    wave.heed.call("POST", f"{PATH}/closing")
    clock.shift(timedelta(minutes=2))
    return wave.heed.call("POST", f"{PATH}/closing").json_body


def scores(heed: Heed) -> Any:
    return heed.call("GET", f"{PATH}/scores").json_body


def named(heed: Heed) -> list[Any]:
    return [item for item in heed.items("RESPONSE") if item.get("contact")]


def tell(heed: Heed) -> None:
    """As the stream and the bus do it."""
    facts = {"id": "event", "occurred_at": "2026-11-21T08:00:00.000Z"}
    for item in heed.items("RESPONSE"):
        for event in events_of(facts, {}, item):
            assert isinstance(event, ResponseRecorded)
            plan_effects({"detail-type": event.name, "detail": event.model_dump()})


def test_the_page_says_what_the_tick_means_before_it_is_set(asked: Wave, heed: Heed) -> None:
    html = heed.open(f"/r/{asked.token(0)}/7").body.decode()
    assert TOLD in html
    assert 'name="contact" value="yes" aria-describedby="contact-means"' in html
    assert 'name="contact_address"' in html


def test_a_survey_that_does_not_ask_shows_no_tick(wave: Wave, heed: Heed) -> None:
    wave.ask(12)
    wave.send()
    assert "contact" not in heed.open(f"/r/{wave.token(0)}/7").body.decode()
    vote(wave, 0, 7, ADDRESS)
    (ballot,) = ballots()
    assert "contact" not in ballot


@pytest.mark.parametrize("address", ["", "  ", "\u200b", "x" * 201])
def test_without_an_address_nothing_is_taken_and_nothing_lost(asked: Wave, address: str) -> None:
    page = vote(asked, 0, 7, address, comment="Kept", **{"q.channel": "mail"})
    html = page.body.decode()
    assert page.status_code == 400
    assert "Please tell us how to reach you, or take the tick away." in html
    assert 'aria-describedby="contact-problem"' in html
    assert "Kept</textarea>" in html
    assert 'value="mail" checked' in html
    assert 'name="contact" value="yes" checked' in html
    assert ballots() == []


def test_an_address_without_the_tick_is_not_kept(asked: Wave) -> None:
    vote(asked, 0, 7, contact_address=ADDRESS)
    assert ADDRESS not in str(ballots())


def test_a_change_of_mind_takes_the_address_back(asked: Wave) -> None:
    page = vote(asked, 0, 7, ADDRESS)
    assert f'value="{ADDRESS}"' in page.body.decode()
    page = vote(asked, 0, 7, earlier_contact="yes", earlier_comment="gone")
    assert ADDRESS not in page.body.decode() + str(ballots())
    assert "contact" not in ballots()[0]
    assert ' value="yes" checked' not in page.body.decode()


def test_the_team_gets_a_task_with_the_address_the_score_and_the_words(
    asked: Wave, heed: Heed, clock: Any
) -> None:
    vote(asked, 0, 9, f" {ADDRESS}\n", **{"q.channel": "mail"})
    assert release(asked, clock) == {"blocks": 1, "answers": 1}
    tell(heed)
    (task,) = heed.call("GET", "/v1/tasks").json_body["items"]
    answer = task["response"]
    assert (answer["address"], answer["score"], answer["comment"]) == (ADDRESS, 9, "word 0")
    assert answer["answers"] == {"channel": ["mail"]}
    few = heed.make_key(*set(Scope) - {Scope.PEOPLE_READ})
    (task,) = heed.call("GET", "/v1/tasks", key=few).json_body["items"]
    assert task["response"]["address"] is None


def test_nobody_else_has_a_task_or_an_event_of_the_own(asked: Wave, heed: Heed, clock: Any) -> None:
    for number in range(20):
        vote(asked, number, number % 11, ADDRESS if number == 3 else None)
    release(asked, clock)
    tell(heed)
    assert [task["id"] for task in heed.items("TASK")] == [item["id"] for item in named(heed)]
    assert [item["unhappy"] for item in _boards(heed) if len(item["rows"]) == 1] == [0]


def _boards(heed: Heed) -> list[Any]:
    return [item for item in heed.stored() if item["SK"].startswith("RELEASE#")]


def test_who_is_named_hides_nobody_in_a_block(asked: Wave, heed: Heed, clock: Any) -> None:
    for number in range(9):
        vote(asked, number, number)
    for number in range(9, 15):
        vote(asked, number, 9, ADDRESS)
    # Nine wait where two groups of five have to be: only those who are named are published.
    assert release(asked, clock) == {"blocks": 1, "answers": 6}
    assert len(named(heed)) == len(heed.items("RESPONSE")) == 6
    vote(asked, 15, 5)
    release(asked, clock)
    assert len(heed.items("RESPONSE")) == 11


def test_nothing_is_shown_of_four_because_a_fifth_is_named(
    asked: Wave, heed: Heed, clock: Any
) -> None:
    for number in range(4):
        vote(asked, number, number)
    vote(asked, 4, 9, ADDRESS)
    closed = close(asked, clock)
    assert closed["counts"] == {
        "asked": 20,
        "published": 1,
        "held": 0,
        "left_out": 4,
        "releases": 1,
    }
    shown = scores(heed)
    assert (shown["responses"], shown["hidden"]) == (0, "fewer_than_k")


def test_uniform_answers_stay_hidden_beside_one_that_is_named(
    asked: Wave, heed: Heed, clock: Any
) -> None:
    for number in range(8):
        vote(asked, number, 0)
    vote(asked, 8, 9, ADDRESS)
    close(asked, clock)
    assert (scores(heed)["hidden"], scores(heed)["distribution"]) == ("too_uniform", {})


def test_the_score_counts_all_and_words_come_from_ten_others_on(
    asked: Wave, heed: Heed, clock: Any
) -> None:
    for number in range(9):
        vote(asked, number, number)
    vote(asked, 9, 9, ADDRESS)
    close(asked, clock)
    shown = scores(heed)
    assert (shown["responses"], shown["hidden"], shown["comments"]) == (10, None, None)
    assert shown["distribution"]["9"] == 1
    assert heed.call("GET", f"{PATH}/responses").json_body["items"] == []
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_cells_and_counts_of_questions_are_of_the_others(
    asked: Wave, heed: Heed, clock: Any
) -> None:
    for number in range(14):
        wish = ADDRESS if number < 2 else None
        vote(asked, number, number % 11, wish, **{"q.channel": ("phone", "mail")[number % 2]})
    close(asked, clock)
    (channel, *_) = scores(heed)["questions"]
    assert channel["answered"] == 12
    assert [option["count"] for option in channel["options"]] == [6, 6, None]
    cells = heed.call("GET", f"{PATH}/scores?by=site").json_body["segments"]
    assert [cell["responses"] for cell in cells if cell["value"] == "Oslo"] == [12]


def test_the_board_has_a_row_for_everybody(asked: Wave, heed: Heed, clock: Any) -> None:
    for number in range(12):
        vote(asked, number, number % 11, ADDRESS if number < 2 else None)
    close(asked, clock)
    assert sum(len(item["rows"]) for item in _boards(heed)) == 12
    assert ADDRESS not in str(_boards(heed))


def test_the_address_is_kept_apart_and_ends_by_itself(asked: Wave, heed: Heed, clock: Any) -> None:
    vote(asked, 0, 9, ADDRESS)
    release(asked, clock)
    (kept,) = heed.items("ADDRESS")
    assert kept["expires_at"] > 1_800_000_000
    holding = [item["SK"] for item in heed.stored() if ADDRESS in str(item)]
    assert holding == ["ADDRESS"]


def test_the_receipt_takes_words_and_address_away(asked: Wave, heed: Heed, clock: Any) -> None:
    code = receipt_in(vote(asked, 0, 9, ADDRESS))
    release(asked, clock)
    heed.post_form("/c/it-2026", {"code": code, "act": "withdraw"})
    assert ADDRESS not in str(heed.stored())
    (answer,) = named(heed)
    assert ("comment" in answer, answer["score"]) == (False, 9)
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_an_address_without_words_is_taken_away_by_its_receipt(
    asked: Wave, heed: Heed, clock: Any
) -> None:
    code = receipt_in(vote(asked, 0, 9, ADDRESS, comment=""))
    release(asked, clock)
    page = heed.post_form("/c/it-2026", {"code": code, "act": "read"}).body.decode()
    assert 'value="withdraw"' in page


def test_a_change_by_receipt_keeps_the_wish(asked: Wave, heed: Heed, clock: Any) -> None:
    code = receipt_in(vote(asked, 0, 9, ADDRESS))
    heed.post_form("/c/it-2026", {"code": code, "act": "change", "score": 3})
    release(asked, clock)
    (answer,) = named(heed)
    assert (answer["score"], len(heed.items("ADDRESS"))) == (3, 1)


def test_the_team_can_delete_it_and_no_other(asked: Wave, heed: Heed, clock: Any) -> None:
    for number in range(12):
        vote(asked, number, number % 11, ADDRESS if number == 0 else None)
    release(asked, clock)
    tell(heed)
    for item in heed.items("RESPONSE"):
        answer = heed.call("DELETE", f"{PATH}/responses/{item['id']}")
        assert answer.status_code == (204 if item.get("contact") else 409)
    assert ADDRESS not in str(heed.stored())
    assert heed.items("TASK") == []
    assert tallied(heed.stored()) == recounted(heed.stored())


def erased(heed: Heed, address: str) -> Any:
    receipt = heed.call("POST", "/v1/people/erasures", {"email": address}).json_body
    assert receipt["state"] == "done"
    return receipt["erased"]


def test_an_erasure_of_the_typed_address_finds_it(asked: Wave, heed: Heed, clock: Any) -> None:
    for number in range(12):
        vote(asked, number, number % 11, ADDRESS if number == 0 else None)
    release(asked, clock)
    tell(heed)
    went = erased(heed, ADDRESS.upper())
    assert (went["typed"], went["comments"], went["tasks"]) == (1, 1, 1)
    assert ADDRESS not in str(heed.stored())
    assert "word 0" not in str(named(heed))
    assert heed.items("TASK") == heed.items("ADDRESS") == []
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_an_erasure_of_another_address_leaves_it(asked: Wave, heed: Heed, clock: Any) -> None:
    vote(asked, 0, 9, ADDRESS)
    release(asked, clock)
    assert erased(heed, "somebody.else@example.com")["typed"] == 0
    assert ADDRESS in str(heed.stored())


def test_what_waits_is_published_without_the_address_of_who_was_erased(
    asked: Wave, heed: Heed, clock: Any
) -> None:
    vote(asked, 0, 9, ADDRESS)
    erased(heed, ADDRESS)
    release(asked, clock)
    assert ADDRESS not in str(heed.stored())
