"""A card of Microsoft Teams: words first, no Markdown, its size, and nothing but links."""

import json
from typing import Any

import pytest

from chalicelib.invitations.invitation import Ticket
from chalicelib.notify.chat.teams import card_of
from tests.support.notices import HOSTILE, lines_seen, notice


def read(**changes: object) -> dict[str, Any]:
    (attachment,) = json.loads(card_of(notice(**changes)))["attachments"]
    card: dict[str, Any] = attachment["content"]
    return card


def lines(card: dict[str, Any]) -> list[str]:
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
    return ["".join(run["text"] for run in block["inlines"]) for block in card["body"]]


def test_a_card_tells_the_words_then_who_then_when() -> None:
    assert lines(read()) == [
        "Third visit, same fault.",
        "Please call me.",
        "From: Ingrid Solheim",
        "Contact: Please contact me about my answer",
        "Ticket: No Wi-Fi",
        "Survey: IT Help Desk",
        "Due: 2026-11-21 16:02 (Europe/Oslo)",
    ]


def test_a_card_is_wrapped_as_a_flow_takes_it() -> None:
    message = json.loads(card_of(notice()))
    (attachment,) = message["attachments"]
    assert message["type"] == "message"
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert (attachment["content"]["type"], attachment["content"]["version"]) == (
        "AdaptiveCard",
        "1.4",
    )


def test_a_card_opens_the_ticket_and_changes_nothing() -> None:
    (action,) = read()["actions"]
    assert (action["type"], action["url"]) == ("Action.OpenUrl", "https://desk.example.com/48213")
    assert read(ticket=None)["actions"] == []


def test_a_closed_task_is_due_no_more() -> None:
    said = lines(read(state="closed", cause="Wrong fix", owner="Kari"))
    assert said[-2:] == ["Owner: Kari", "Cause: Wrong fix"]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_come_through_as_they_are_seen(words: str) -> None:
    ticket = Ticket("zendesk", "1", words)
    said = lines(read(words=words, person=words, ticket=ticket))
    wanted = lines_seen(words)
    assert said[: len(wanted)] == wanted
    assert f"From: {' '.join(' '.join(wanted).split())}" in said


@pytest.mark.parametrize("words", ["😮" * 9000, '"' * 9000, "\n".join("a" * 3000), "\x01" * 3000])
def test_the_longest_card_is_smaller_than_a_flow_takes(words: str) -> None:
    ticket = Ticket("zendesk", "1", "😮" * 500, "https://desk.example.com/" + "a" * 480)
    made = notice(words=words, person="😮" * 300, ticket=ticket, owner="😮" * 300)
    assert len(card_of(made)) < 20_000
