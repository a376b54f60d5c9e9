"""The questions of an anonymous survey: asked on its page, sealed with the ballot, counted by the
gate once they are published."""

from datetime import timedelta
from typing import Any

import pytest

from tests.functional.ballots.test_sealed_pages import ballots, pages_of
from tests.functional.conftest import Heed
from tests.support.attacker import small_groups
from tests.support.filling import PRESSED
from tests.support.questions import QUESTIONS
from tests.support.recount import recounted, tallied
from tests.support.wave import DEFINITION, PATH, Wave, receipt_in

CHANNELS = ("phone", "mail", "desk")


@pytest.fixture
def asked(wave: Wave) -> Wave:
    made = wave.heed.call("PUT", PATH, {**DEFINITION, "questions": QUESTIONS})
    assert made.status_code == 200, made.body
    wave.ask(40)
    wave.send()
    return wave


def vote(wave: Wave, number: int, score: int = 9, **said: str) -> Any:
    form = {"score": score, "comment": "", "open_ms": 4000, **PRESSED}
    fields = {f"q.{name.replace('_', '.')}": value for name, value in said.items()}
    page = wave.heed.post_form(f"/r/{wave.token(number)}", {**form, **fields})
    assert page.status_code == 200, page.body
    return page


def release(wave: Wave, clock: Any) -> None:
    clock.shift(timedelta(days=1))
    wave.heed.call("POST", f"{PATH}/releases")


def shown(heed: Heed) -> dict[str, dict[str, Any]]:
    rows = heed.call("GET", f"{PATH}/scores").json_body["questions"]
    return {
        row["question"]: {one["option"]: one["count"] for one in row["options"]}
        | {"answered": row["answered"], "release": row["release"]}
        for row in rows
    }


def rows(heed: Heed, **kind: str) -> Any:
    return heed.call("GET", f"{PATH}/responses", **kind)


def test_the_page_asks_and_shows_what_was_answered(asked: Wave) -> None:
    html = vote(asked, 0, channel="mail", good_care="yes", missing="Hours").body.decode()
    assert 'name="q.channel" value="mail" checked' in html
    assert 'name="q.good.care" value="yes" checked' in html
    assert "Hours</textarea>" in html


def test_a_get_is_the_same_whatever_was_answered(asked: Wave, heed: Heed) -> None:
    unused = pages_of(heed, asked.token(0))
    vote(asked, 0, channel="mail", missing="Hours")
    assert pages_of(heed, asked.token(0)) == unused


def test_a_new_form_takes_the_place_of_all_answers(asked: Wave) -> None:
    vote(asked, 0, channel="mail", good_care="yes", missing="Hours")
    vote(asked, 0, channel="desk")
    (ballot,) = ballots()
    assert set(ballot["answers"]["M"]) == {"channel"}


def test_a_change_by_receipt_says_anew_what_the_form_shows(asked: Wave, heed: Heed) -> None:
    code = receipt_in(vote(asked, 0, channel="mail", missing="Hours"))
    page = heed.post_form("/c/it-2026", {"code": code, "act": "read"}).body.decode()
    assert 'name="q.channel" value="mail" checked' in page
    change = {"code": code, "act": "change", "score": 4, "q.channel": "desk", "q.missing": "Time"}
    changed = heed.post_form("/c/it-2026", change)
    assert [ballot["score"] for ballot in ballots()] == [{"N": "4"}]
    page = heed.post_form("/c/it-2026", {"code": receipt_in(changed), "act": "read"}).body.decode()
    assert 'name="q.channel" value="desk" checked' in page
    assert ("Time" in page, "Hours" in page) == (True, False)


def test_too_many_words_in_a_change_by_receipt_come_back(asked: Wave, heed: Heed) -> None:
    code = receipt_in(vote(asked, 0, missing="Hours"))
    long = {"code": code, "act": "change", "score": 4, "q.missing": "x" * 1001}
    answer = heed.post_form("/c/it-2026", long)
    assert (answer.status_code, "x" * 1001 in answer.body.decode()) == (413, True)
    page = heed.post_form("/c/it-2026", {"code": code, "act": "read"}).body.decode()
    assert ("Hours" in page, "x" * 100 in page) == (True, False)


def test_nothing_is_told_of_what_waits(asked: Wave, heed: Heed) -> None:
    for number in range(9):
        vote(asked, number, channel="mail", missing="Hours")
    assert shown(heed)["channel"] == {
        **dict.fromkeys(CHANNELS),
        "answered": None,
        "release": None,
    }
    assert rows(heed).json_body["items"] == []


def test_published_answers_are_counted_where_they_are_enough(
    asked: Wave, heed: Heed, clock: Any
) -> None:
    for number in range(25):
        channel = CHANNELS[number % 2] if number < 22 else "desk"
        vote(asked, number, score=number % 11, channel=channel, good_care="yes", missing="Hours")
    heed.call("POST", f"{PATH}/closing")
    clock.shift(timedelta(minutes=2))
    heed.call("POST", f"{PATH}/closing")
    told = shown(heed)
    assert told["channel"] == {**_halves(), "desk": None, "answered": 25, "release": 1}
    # All who answered chose it, and they are not few.
    assert told["good"] == {"care": 25, "speed": None, "answered": 25, "release": 1}
    assert told["missing"] == {"answered": 25, "release": 1}
    assert tallied(heed.stored()) == recounted(heed.stored())


def _halves() -> dict[str, int | None]:
    """Three at the desk: the smaller of the others stays hidden with them."""
    return {"phone": 11, "mail": None}


def test_a_list_has_the_words_and_no_choice(asked: Wave, heed: Heed, clock: Any) -> None:
    for number in range(30):
        vote(asked, number, score=number % 11, channel="mail", missing=f"word {number}")
    release(asked, clock)
    items = rows(heed).json_body["items"]
    assert len(items) == 25
    assert {frozenset(row["answers"]) for row in items} == {frozenset({"missing"})}
    for kind in ("text/csv", "application/x-ndjson"):
        text = rows(heed, Accept=kind).body.decode()
        assert "word " in text
        assert '"mail"' not in text


def test_words_come_from_ten_answers_on(asked: Wave, heed: Heed, clock: Any) -> None:
    for number in range(10):
        vote(asked, number, score=number, missing=f"word {number}")
    release(asked, clock)
    assert rows(heed).json_body["items"] == []


def test_a_receipt_shows_the_answers_and_takes_the_words_away(
    asked: Wave, heed: Heed, clock: Any
) -> None:
    code = receipt_in(vote(asked, 0, channel="mail", good_care="yes", missing="Hours"))
    page = heed.post_form("/c/it-2026", {"code": code, "act": "read"}).body.decode()
    assert "By e-mail" in page
    assert "They listened" in page
    assert "Hours" in page
    for number in range(1, 40):
        vote(asked, number, score=number % 11, channel="mail", missing="Hours")
    heed.call("POST", f"{PATH}/closing")
    clock.shift(timedelta(minutes=2))
    heed.call("POST", f"{PATH}/closing")
    assert "Take away my words" in str(heed.post_form("/c/it-2026", {"code": code}).body)
    heed.post_form("/c/it-2026", {"code": code, "act": "withdraw"})
    page = heed.post_form("/c/it-2026", {"code": code}).body.decode()
    assert "By e-mail" in page
    assert "Hours" not in page
    assert "Take away" not in page
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_who_keeps_every_view_solves_no_group_of_few(asked: Wave, heed: Heed, clock: Any) -> None:
    """After each release the viewer asks again, and knows who chose what but not when."""
    said: dict[str, str] = {}
    seen: list[frozenset[int]] = []
    moved: set[str] = set()
    for number in range(40):
        page = vote(asked, number, score=number % 11, channel=CHANNELS[number * 7 % 3])
        said[receipt_in(page)] = CHANNELS[number * 7 % 3]
        if number % 8 == 7:
            release(asked, clock)
            moved = _look(heed, seen, moved)
    assert seen
    assert set(small_groups(seen, 5)) == set()
    assert len({one["receipt"] for one in heed.items("RESPONSE")}) == len(moved)


def _look(heed: Heed, seen: list[frozenset[int]], moved: set[str]) -> set[str]:
    results = heed.items("RESPONSE")
    place = {item["id"]: hash(item["id"]) for item in results}
    new = {item["id"] for item in results} - moved
    if not new:
        return moved
    seen.append(frozenset(place[one] for one in new))
    told = shown(heed)["channel"]
    last = len({item["day"] for item in results})
    for channel in CHANNELS:
        if told[channel] is not None and told["release"] == last:
            chose = [item["id"] for item in results if item["answers"]["channel"] == [channel]]
            assert told[channel] == len(chose)
            seen.append(frozenset(place[one] for one in chose))
    return moved | new


def test_the_promise_page_tells_of_the_questions(asked: Wave, heed: Heed) -> None:
    told = "Of the other questions, only how many people chose each answer is shown."
    assert told in heed.open("/promise/it-2026").body.decode()
