"""The questions beside the score, on the page of a named survey and in what is shown of it."""

import csv
import io
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.question import LONGEST_WORDS, from_item
from tests.functional.conftest import Heed
from tests.support.filling import PRESSED
from tests.support.questions import CHANNEL, GOOD, QUESTIONS
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY
from tests.support.tapping import Mail

OF_SURVEY = f"/v1/surveys/{SURVEY.id}"
SAID = {"q.channel": "mail", "q.good.speed": "yes", "q.good.care": "yes", "q.missing": "More hours"}
STORED = {"channel": ["mail"], "good": ["speed", "care"], "missing": "More hours"}
SHOWN = {**STORED, "missing": ["More hours"]}


@pytest.fixture
def asking(mail: Mail) -> Mail:
    return ask(mail)


def ask(mail: Mail, questions: Any = QUESTIONS, **more: Any) -> Mail:
    asked = [from_item(question) for question in questions]
    update = {"questions": asked, "counts": "send", **more}
    surveys_wiring.surveys().put(replace(SURVEY, **update))
    surveys_wiring.catalogue.cache_clear()
    return mail


def send(mail: Mail, score: int = 9, **fields: str) -> Any:
    """From a page that was just opened."""
    nonce = mail.open(score)
    mail.clock.shift(timedelta(seconds=9))
    return mail.send(nonce, score, **PRESSED, **fields)


def send_again(mail: Mail, page: Any, score: int = 9, **fields: str) -> Any:
    """The form of the page that answered, with what it holds of its visit."""
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.body.decode())
    kept = {name: unescape(value) for name, value in hidden}
    mail.clock.shift(timedelta(seconds=9))
    return mail.send(kept.pop("nonce"), score, **{**kept, **PRESSED, **fields})


def scores(heed: Heed, **query: str) -> Any:
    path = "&".join(f"{name}={value}" for name, value in query.items())
    shown = heed.call("GET", f"{OF_SURVEY}/scores?{path}").json_body["questions"]
    return {
        one["question"]: {
            "answered": one["answered"],
            **{option["option"]: option["count"] for option in one["options"]},
        }
        for one in shown
    }


def is_exact(heed: Heed) -> bool:
    return bool(tallied(heed.stored()) == recounted(heed.stored()))


def test_the_page_asks_in_the_reader_s_language(asking: Mail) -> None:
    page = asking.heed.http.get(f"/r/{asking.token}", headers={"Accept-Language": "de"})
    html = page.body.decode()
    assert 'lang="de">Wie haben Sie uns erreicht?</bdi>' in html
    assert 'type="radio" name="q.channel" value="phone"' in html
    assert 'type="checkbox" name="q.good.speed" value="yes"' in html
    # A text in no language of the reader's comes in the survey's own.
    french = asking.heed.http.get(f"/r/{asking.token}", headers={"Accept-Language": "fr"})
    assert 'lang="en">How did you reach us?</bdi>' in french.body.decode()


def test_a_page_without_questions_is_as_it_was(mail: Mail) -> None:
    html = mail.heed.open(f"/r/{mail.token}/9").body.decode()
    assert "q." not in re.sub(r"<style>.*?</style>|<script>.*?</script>", "", html, flags=re.S)


def test_answers_are_kept_counted_and_shown(asking: Mail) -> None:
    page = send(asking, **SAID)
    assert 'value="mail" checked' in page.body.decode()
    assert asking.response["answers"] == STORED
    assert scores(asking.heed) == {
        "channel": {"answered": 1, "phone": 0, "mail": 1, "desk": 0},
        "good": {"answered": 1, "speed": 1, "care": 1},
        "missing": {"answered": 1},
    }
    (row,) = asking.heed.call("GET", f"{OF_SURVEY}/responses").json_body["items"]
    assert row["answers"] == SHOWN
    assert is_exact(asking.heed)


def test_each_group_has_its_own_counts(asking: Mail) -> None:
    send(asking, **SAID)
    assert scores(asking.heed, segment="group%3DIT%20Service%20Desk")["channel"]["mail"] == 1
    assert scores(asking.heed, **{"from": "2026-01-01", "to": "2026-02-01"})["channel"] == {
        "answered": 0,
        "phone": 0,
        "mail": 0,
        "desk": 0,
    }


def test_nobody_has_to_answer(asking: Mail) -> None:
    assert send(asking).status_code == 200
    assert "answers" not in asking.response
    assert scores(asking.heed)["channel"]["answered"] == 0


def test_what_the_survey_does_not_ask_has_no_effect(asking: Mail) -> None:
    strange = {"q.channel": "pigeon", "q.good.nothing": "yes", "q.good.care": "1", "q.other": "x"}
    assert send(asking, **{**strange, "q.missing": "kept"}).status_code == 200
    assert asking.response["answers"] == {"missing": "kept"}
    assert is_exact(asking.heed)


def test_a_change_of_mind_moves_the_counts(asking: Mail) -> None:
    page = send(asking, **SAID)
    send_again(asking, page, **{"q.channel": "desk", "q.good.care": "yes", "q.missing": ""})
    said = {"channel": ["desk"], "good": ["care"], "missing": "More hours"}
    assert asking.response["answers"] == said
    assert scores(asking.heed)["good"] == {"answered": 1, "speed": 0, "care": 1}
    assert is_exact(asking.heed)


def test_an_answer_can_be_taken_back_by_its_visit(asking: Mail) -> None:
    page = send(asking, **SAID)
    send_again(asking, page, **{"q.channel": ""})
    assert asking.response["answers"] == {"missing": "More hours"}
    assert scores(asking.heed)["channel"]["answered"] == 0
    assert is_exact(asking.heed)


def test_a_page_that_was_opened_anew_shows_and_takes_nothing_of_it(asking: Mail) -> None:
    send(asking, **SAID)
    assert "More hours" not in asking.heed.open(f"/r/{asking.token}/9").body.decode()
    send(asking, score=3)
    assert asking.response["answers"] == STORED


def test_an_older_form_answers_only_what_a_newer_one_left_open(asking: Mail) -> None:
    older = asking.open(9)
    asking.clock.shift(timedelta(minutes=5))
    send(asking, **{"q.channel": "desk"})
    asking.clock.shift(timedelta(seconds=1))
    late = {"q.channel": "phone", "q.missing": "from before"}
    asking.send(older, 3, **PRESSED, **late, open_ms="20000")
    assert asking.response["answers"] == {"channel": ["desk"], "missing": "from before"}


def test_what_is_held_counts_nothing(asking: Mail) -> None:
    nonce = asking.open(9)
    asking.send(nonce, 9, trusted="0", **SAID)
    assert (asking.response["state"], asking.response["answers"]) == ("held", STORED)
    assert scores(asking.heed)["channel"]["answered"] == 0
    asking.heed.call("PATCH", f"{OF_SURVEY}/responses/{asking.invitation.id}", {"state": "counted"})
    assert scores(asking.heed)["channel"]["mail"] == 1
    assert is_exact(asking.heed)


def test_an_erasure_takes_answers_and_counts(asking: Mail) -> None:
    send(asking, **SAID)
    asking.heed.call("DELETE", f"{OF_SURVEY}/responses/{asking.invitation.id}")
    assert "answers" not in asking.response
    assert scores(asking.heed)["channel"] == {"answered": 0, "phone": 0, "mail": 0, "desk": 0}
    assert is_exact(asking.heed)


def test_words_that_are_too_long_lose_nothing(asking: Mail) -> None:
    long = "x" * (LONGEST_WORDS + 1)
    page = send(asking, **{**SAID, "q.missing": long, "comment": "Kept"})
    html = page.body.decode()
    assert page.status_code == 413
    assert long in html
    assert "Kept</textarea>" in html
    assert 'value="mail" checked' in html
    assert 'aria-invalid="true" aria-describedby="words-problem" autofocus' in html
    assert asking.response is None


def test_without_a_score_the_answers_stay_on_the_page(asking: Mail) -> None:
    nonce = asking.open(9)
    html = asking.send(nonce, 11, **SAID).body.decode()
    assert 'value="mail" checked' in html
    assert "More hours" in html


def test_hostile_texts_stay_texts(mail: Mail) -> None:
    hostile = "<script>alert(1)</script>\"'"
    options = [{"id": "a", "text": {"en": hostile}}, {"id": "b", "text": {"en": "b"}}]
    asked = {"id": "x", "kind": "choice", "text": {"en": hostile}, "options": options}
    words = {"id": "w", "kind": "words", "text": {"en": hostile}, "options": []}
    page = send(ask(mail, [asked, words]), **{"q.x": "a", "q.w": f"</textarea>{hostile}"})
    again = send_again(mail, page, **{"q.w": ""})
    for html in (page.body.decode(), again.body.decode()):
        assert "<script>alert" not in html
        assert html.count("</textarea>") == 2
    assert mail.response["answers"]["w"] == f"</textarea>{hostile}"


@pytest.mark.parametrize("said", ["[1]", "{", '{"channel": 7}', '{"channel": ["x"], "good": {}}'])
def test_a_forged_memory_of_the_visit_says_nothing(asking: Mail, said: str) -> None:
    page = send(asking, **{"earlier_answers": said, "q.missing": "kept"})
    assert page.status_code == 200
    assert asking.response["answers"] == {"missing": "kept"}


def test_files_have_a_column_for_each_question(asking: Mail) -> None:
    send(asking, **{**SAID, "q.missing": "=cmd"})
    answers = asking.heed.call("GET", f"{OF_SURVEY}/responses", Accept="text/csv")
    (row,) = csv.DictReader(io.StringIO(answers.body.decode()))
    assert (row["answer_channel"], row["answer_good"]) == ("mail", "speed; care")
    assert row["answer_missing"] == "'=cmd"
    shown = asking.heed.call("GET", f"{OF_SURVEY}/scores", Accept="text/csv").body.decode()
    rows = [row for row in csv.DictReader(io.StringIO(shown)) if row["question"] == "good"]
    found = [(row["row"], row["option"], row["responses"], row["share"]) for row in rows]
    assert found == [
        ("question", "", "1", ""),
        ("option", "speed", "1", "1.0"),
        ("option", "care", "1", "1.0"),
    ]


def test_an_open_link_asks_them_too(heed: Heed) -> None:
    with time_machine.travel(moments.now(), tick=False) as clock:
        mail = ask(Mail(heed, clock), [CHANNEL, GOOD], open_link=True)
        page = heed.open(f"/s/{SURVEY.id}")
        assert 'name="q.channel"' in page.body.decode()
        heed.post_form(f"/s/{SURVEY.id}", {"score": 9, "q.channel": "desk", "trusted": "1"})
        assert mail.response["answers"] == {"channel": ["desk"]}
        assert is_exact(heed)


def test_a_task_shows_what_was_answered(asking: Mail) -> None:
    from chalicelib.notify.effects.handlers import plan_effects

    send(asking, score=2, **SAID)
    plan_effects({"detail": {"id": "event", "response": asking.invitation.id}})
    task = asking.heed.call("GET", f"/v1/tasks/{asking.invitation.id}").json_body
    assert task["response"]["answers"] == SHOWN
