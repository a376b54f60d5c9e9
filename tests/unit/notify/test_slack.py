"""A message of Slack: words first, no score, its limits, and words that are no markup."""

import json
from typing import Any

import pytest

from chalicelib.invitations.invitation import Ticket
from chalicelib.notify.chat.slack import message_of, replacement_of, whisper_of
from tests.support.notices import HOSTILE, lines_seen, notice


def read(**changes: object) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(message_of(notice(**changes)))
    return message


def texts(found: object) -> list[str]:
    """Every text of a message, wherever it stands."""
    if isinstance(found, dict):
        own = [found["text"]] if isinstance(found.get("text"), str) else []
        return own + [text for inner in found.values() for text in texts(inner)]
    return [text for inner in found for text in texts(inner)] if isinstance(found, list) else []


def actions(message: dict[str, Any]) -> dict[str, Any]:
    (block,) = [block for block in message["blocks"] if block["type"] == "actions"]
    return {element["action_id"]: element for element in block["elements"]}


def test_the_words_come_first_and_each_line_is_quoted() -> None:
    first = read()["blocks"][0]["text"]
    assert first["text"] == ">Third visit, same fault.\n>Please call me."
    assert (first["type"], first["verbatim"]) == ("mrkdwn", True)


def test_then_who_said_it_the_ticket_and_the_survey() -> None:
    told = [field["text"] for field in read()["blocks"][1]["fields"]]
    assert told == [
        "*From*\nIngrid Solheim",
        "*Contact*\nPlease contact me about my answer",
        "*Ticket*\n<https://desk.example.com/48213|No Wi-Fi>",
        "*Survey*\nIT Help Desk",
    ]


def test_slack_shows_the_due_time_in_the_zone_of_whoever_reads() -> None:
    (due,) = read()["blocks"][2]["elements"]
    assert due["text"] == (
        "Due: <!date^1795273320^{date_short_pretty} {time}|2026-11-21 16:02 (Europe/Oslo)>"
    )


def test_a_button_takes_the_task_and_a_menu_closes_it_with_a_cause() -> None:
    found = actions(read())
    assert found["take"]["value"] == "tsk-fictional"
    assert [option["value"] for option in found["close"]["options"]] == ["No answer", "Wrong fix"]


def test_where_no_press_is_heard_a_message_has_no_buttons() -> None:
    message = json.loads(message_of(notice(), has_buttons=False))
    assert [block["type"] for block in message["blocks"]] == ["section", "section", "context"]


def test_without_a_list_of_causes_a_message_takes_the_task_and_no_more() -> None:
    assert set(actions(read(causes=()))) == {"take"}


def test_an_answer_without_a_task_has_no_buttons_and_no_due_time() -> None:
    kinds = [block["type"] for block in read(task=None, due_at=None)["blocks"]]
    assert kinds == ["section", "section"]


@pytest.mark.parametrize(
    ("state", "left"),
    [("taken", {"close"}), ("waiting", {"take", "close"})],
)
def test_a_message_offers_what_the_state_of_the_task_allows(state: str, left: set[str]) -> None:
    assert set(actions(read(state=state))) == left


def test_a_closed_task_has_no_buttons_and_no_due_time() -> None:
    kinds = [block["type"] for block in read(state="closed")["blocks"]]
    assert kinds == ["section", "section"]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_come_through_and_are_no_markup(words: str) -> None:
    shown = read(words=words)["blocks"][0]["text"]["text"]
    assert "<" not in shown
    assert all(line.startswith(">") for line in shown.split("\n"))
    plain = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert [line[1:] for line in plain.split("\n")] == lines_seen(words)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_and_subjects_are_one_line_of_no_markup(name: str) -> None:
    ticket = Ticket("zendesk", "1", name, "https://desk.example.com/?a=1&b=|x>y<z")
    said = [field["text"] for field in read(person=name, ticket=ticket)["blocks"][1]["fields"]]
    assert said[0].count("\n") == 1
    assert "<" not in said[0]
    assert said[2].count("<") == 1 == said[2].count(">") == said[2].count("|") - name.count("|")


def test_a_phone_shows_words_that_call_nobody() -> None:
    assert read(words="<!channel> & all")["text"] == "&lt;!channel&gt; &amp; all"


def test_without_words_the_message_says_what_is_asked_for() -> None:
    assert read(words=None)["text"] == "Somebody asks to be contacted: IT Help Desk"
    silent = read(words=None, wishes_contact=False)
    assert silent["blocks"][0]["text"]["text"] == "Somebody waits for an answer: IT Help Desk"


@pytest.mark.parametrize(
    "words", ["&" * 3000, "word " * 3000, "\n".join("a" * 3000), "😮‍💨" * 9000]
)
def test_long_words_stay_within_the_limits_of_slack(words: str) -> None:
    message = read(words=words, person="n" * 300, causes=("c" * 60,) * 50)
    shown = message["blocks"][0]["text"]["text"]
    assert len(shown) < 3000
    assert shown.endswith("…")
    assert all(len(text) < 3000 for text in texts(message))
    assert sum(map(len, texts(message))) < 13_000


def test_a_replaced_message_says_first_who_did_what() -> None:
    message = json.loads(replacement_of(notice(state="taken"), "<@U1> has taken it."))
    assert message["replace_original"] is True
    assert message["blocks"][0]["text"]["text"] == "<@U1> has taken it."
    assert message["blocks"][1]["text"]["text"].startswith(">Third visit")


def test_a_whisper_leaves_the_message_as_it_is() -> None:
    message = json.loads(whisper_of("It is closed <already>."))
    assert (message["response_type"], message["replace_original"]) == ("ephemeral", False)
    assert message["text"] == "It is closed &lt;already&gt;."
    linked = json.loads(whisper_of("It is yours.", "https://heed.example.com/t/a|b?c=1&d", "Open"))
    assert linked["text"] == ("It is yours. <https://heed.example.com/t/a%7Cb?c=1&amp;d|Open>")
