"""The words of an answer reach whoever served and the team, and nobody else."""

import email
import email.policy
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

import app
from chalicelib import moments
from chalicelib.aws.clients import client
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.items import definition_of
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.answers import NOON
from tests.support.samples import SURVEY

KARI = "Kari.Solver@example.com"
WORDS = '"Slow"\r\nשלום, it took a week 🐌 <b>&amp;'  # noqa: RUF001


@pytest.fixture
def sent(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    mails: list[Any] = []
    service = client("ses")

    def send(**given: Any) -> dict[str, str]:
        raw = given["RawMessage"]["Data"]
        mails.append(email.message_from_bytes(raw, policy=email.policy.default))
        return {"MessageId": f"message-{len(mails)}"}

    monkeypatch.setattr(service, "send_raw_email", send)
    with time_machine.travel(NOON, tick=False):
        yield mails


def use(**changes: object) -> None:
    survey = replace(SURVEY, **({"plan": "help_desk", "success": "yes"} | changes))
    surveys_wiring.surveys().put(survey)
    surveys_wiring.catalogue.cache_clear()


def ask(heed: Heed, served_by: str | None = KARI, **changes: object) -> str:
    body = {"email": "ingrid@example.com", "name": "Ingrid Solheim", "ticket": {"id": "48213"}}
    named = {"served_by": served_by} if served_by else {}
    answer = heed.call("POST", f"/v1/surveys/{SURVEY.id}/invitations", body | named | changes)
    assert answer.status_code == 201
    assert KARI.lower() not in answer.body.decode().lower()
    return str(answer.json_body["id"])


def say(invitation: str, score: int = 9, words: str | None = WORDS) -> None:
    now, needs = moments.now(), responses_wiring.record_needs()
    answer = Answer(score, words)
    record_response(invitation, answer, new_operation(now), "UTC", now, needs)
    app.plan_effects({"detail": {"id": "event", "response": invitation}}, Clock())


def send_letters(heed: Heed) -> None:
    for letter in heed.items("LETTER"):
        detail = {"id": "event", "letter": letter["id"], "kind": letter["kind"], "survey": None}
        body = json.dumps({"detail-type": "LetterQueued", "detail": detail})
        record = {"messageId": "one", "body": body, "eventSource": "aws:sqs"}
        assert app.send_mail({"Records": [record]}, Clock()) == {"batchItemFailures": []}


def test_whoever_served_gets_the_words_with_their_ticket_and_no_score(
    heed: Heed, sent: list[Any]
) -> None:
    use()
    say(ask(heed), score=3)
    assert [letter["status"] for letter in heed.items("LETTER")] == ["queued"]
    send_letters(heed)
    (mail,) = sent
    assert mail["To"].casefold() == KARI.casefold()
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "48213" in mail["Subject"]
    assert '> "Slow"' in text
    assert "> " + WORDS.splitlines()[1] in text
    assert "&lt;b&gt;&amp;amp;" in html
    assert "Ingrid" not in mail.as_string()
    assert "/u/" in mail["List-Unsubscribe"]
    assert "3" not in text.split("http")[0].replace("48213", "")


def test_the_address_goes_with_the_mail_and_nothing_tells_it_before(
    heed: Heed, sent: list[Any], log_lines: Any
) -> None:
    use()
    invitation = ask(heed)
    say(invitation)
    for path in (f"/v1/invitations/{invitation}", f"/v1/surveys/{SURVEY.id}/responses"):
        assert b"kari" not in heed.call("GET", path).body.lower()
    kinds = {
        item["SK"] for item in heed.stored() if "kari" in json.dumps(item, default=str).lower()
    }
    assert kinds == {"SERVED"}
    send_letters(heed)
    assert heed.items("SERVED") == []
    assert "kari" not in json.dumps(heed.stored(), default=str).lower()
    assert "kari" not in log_lines.getvalue().lower()


def test_words_that_are_changed_later_are_not_sent_again(heed: Heed, sent: list[Any]) -> None:
    use()
    invitation = ask(heed)
    for words in ("Slow.", "Very slow.", "Very, very slow."):
        say(invitation, words=words)
        send_letters(heed)
    assert len(sent) == 1


@pytest.mark.parametrize("words", [None, "", " \n "])
def test_an_answer_without_words_is_sent_to_nobody(
    heed: Heed, sent: list[Any], words: str | None
) -> None:
    use()
    say(ask(heed), score=2, words=words)
    assert heed.items("LETTER") == []


def test_who_served_themselves_or_is_in_no_plan_is_not_kept(heed: Heed) -> None:
    use()
    ask(heed, served_by="INGRID@example.com")
    use(plan="default")
    ask(heed, email="other@example.com")
    assert heed.items("SERVED") == []


def test_who_was_erased_is_kept_no_more_and_never_again(heed: Heed, sent: list[Any]) -> None:
    use()
    invitation = ask(heed)
    export = f"/v1/people/export?email={KARI}"
    assert heed.call("GET", export).json_body["served"] == [invitation]
    erased = heed.call("POST", "/v1/people/erasures", {"email": KARI}).json_body
    assert (erased["state"], erased["erased"]["served"]) == ("done", 1)
    say(invitation)
    other = ask(heed, email="other@example.com")
    assert heed.call("GET", f"/v1/invitations/{other}").json_body["status"] == "queued"
    assert (heed.items("SERVED"), sent) == ([], [])


def test_the_address_ends_with_its_invitation(heed: Heed, sent: list[Any]) -> None:
    use()
    invitation = ask(heed)
    (kept,) = heed.items("SERVED")
    ends = moments.from_text(
        heed.call("GET", f"/v1/invitations/{invitation}").json_body["expires_at"]
    )
    assert kept["expires_at"] == int(ends.timestamp())
    assert invitations_wiring.served().find(invitation, ends) is None


def test_links_may_name_who_served_too(heed: Heed, sent: list[Any]) -> None:
    use()
    body = {"ticket": {"id": "7"}, "served_by": KARI}
    made = heed.call("POST", f"/v1/surveys/{SURVEY.id}/links", body)
    assert made.status_code == 201
    say(made.json_body["id"])
    send_letters(heed)
    assert [mail["To"].casefold() for mail in sent] == [KARI.casefold()]


def test_each_of_the_team_gets_the_words_and_the_name_in_their_language(
    heed: Heed, sent: list[Any]
) -> None:
    kari = {"id": "kari", "name": "Kari", "email": KARI, "role": "lead", "lang": "nb"}
    olav = {"id": "olav", "name": "Olav", "email": "olav@example.com", "role": "member"}
    heed.call("PUT", "/v1/teams/desk", {"name": "Desk", "people": [kari, olav]})
    use(plan="internal_department", task_team="desk")
    invitation = ask(heed, served_by=None)
    say(invitation)
    say(invitation)
    send_letters(heed)
    send_letters(heed)
    assert len(sent) == 2
    assert all("Ingrid Solheim" in mail.get_body(("plain",)).get_content() for mail in sent)
    assert any('lang="nb"' in mail.get_body(("html",)).get_content() for mail in sent)


def test_a_team_without_people_gets_its_task_and_no_mail(heed: Heed, sent: list[Any]) -> None:
    heed.call("PUT", "/v1/teams/desk", {"name": "Desk", "people": []})
    use(plan="internal_department", task_team="desk")
    say(ask(heed, served_by=None), score=2)
    assert (len(heed.items("TASK")), heed.items("LETTER")) == (1, [])


def test_words_that_are_taken_back_before_the_mail_are_not_sent(
    heed: Heed, sent: list[Any]
) -> None:
    plan = [{"do": "words_to_server", "after": 5}]
    heed.call("PUT", f"/v1/surveys/{SURVEY.id}", definition_of(SURVEY) | {"plan": plan})
    surveys_wiring.catalogue.cache_clear()
    invitation = ask(heed)
    say(invitation)
    say(invitation, words="")
    with time_machine.travel(NOON + timedelta(minutes=6)):
        app.tick({}, Clock())
        send_letters(heed)
    (letter,) = heed.items("LETTER")
    assert (letter["status"], letter["reason"], sent) == ("suppressed", "not_wanted", [])
