"""A pressed button takes or closes the task, and the message says what became of it."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.notify.chat.notice import Notice, notice_of
from chalicelib.notify.chat.press import Press
from chalicelib.notify.chat.take_press import TakePressNeeds, take_press
from chalicelib.tasks.change_task import add_task, change_task
from chalicelib.tasks.task import CLOSED, Change, Task
from chalicelib.teams.store import TeamStore
from chalicelib.teams.team import Member, Team
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, SURVEY, task_needs

KARI = Member("kari", "person-kari", "Kari <Nordmann>", "kari@example.com", "lead", slack="U1")
LISTED = replace(SURVEY, causes=["No answer", "Wrong fix"])


class Channel:
    """A task's message, and what Slack was told after each press."""

    def __init__(self) -> None:
        table = FakeTable()
        TeamStore(table).put(Team("desk", "Desk", (KARI,)), NOW)
        self.said: list[dict[str, Any]] = []
        due = NOW + timedelta(hours=8)
        task = Task("one", SURVEY.id, "Desk", None, NOW, due, "2026-11-20", team_id="desk")
        self.needs = TakePressNeeds(task_needs(table, LISTED), self.notice, self.link, self.answer)
        add_task(task, self.needs.change)

    def notice(self, task: Task, now: datetime) -> Notice:
        owner = KARI.name if task.owner == KARI.id else None
        return notice_of(task, LISTED, None, now, owner)

    def link(self, task: Task, member: Member) -> str:
        return f"https://heed.example.com/t/{task.id}-{member.id}"

    def answer(self, url: str | None, message: bytes) -> None:
        assert url == "https://hooks.slack.com/actions/x"
        self.said.append(json.loads(message))

    def press(self, user: str, cause: str | None = None, task: str = "one") -> None:
        url = "https://hooks.slack.com/actions/x"
        pressed = Press(user, "close" if cause else "take", task, cause, url)
        take_press(pressed, lambda survey: survey == SURVEY.id, NOW, self.needs)

    @property
    def task(self) -> Task:
        return self.needs.change.tasks.get("one")

    @property
    def first_line(self) -> str:
        last = [message for message in self.said if "blocks" in message][-1]
        return str(last["blocks"][0]["text"]["text"])


@pytest.fixture
def channel() -> Channel:
    return Channel()


def test_a_person_of_the_team_takes_the_task_and_owns_it(channel: Channel) -> None:
    channel.press("U1")
    assert (channel.task.is_taken, channel.task.owner) == (True, "kari")
    assert [(entry.by, entry.what) for entry in channel.task.history] == [("kari", "taken")]
    assert channel.first_line == "Owner: <@U1>"


def test_their_own_link_is_shown_to_them_alone(channel: Channel) -> None:
    channel.press("U1")
    replaced, whispered = channel.said
    assert "heed.example.com" not in json.dumps(replaced)
    assert "<https://heed.example.com/t/one-kari|Open the task>" in whispered["text"]
    assert whispered["response_type"] == "ephemeral"


def test_somebody_whom_the_team_does_not_know_is_named_by_slack(channel: Channel) -> None:
    channel.press("U7")
    assert (channel.task.is_taken, channel.task.owner) == (True, None)
    assert channel.task.history[0].by == "slack:U7"
    assert len(channel.said) == 1


def test_who_comes_second_reads_who_has_it(channel: Channel) -> None:
    channel.press("U1")
    channel.press("U7")
    assert channel.task.owner == "kari"
    assert channel.first_line == "Owner: Kari &lt;Nordmann&gt;"


def test_a_name_in_the_sentence_turns_none_of_it(channel: Channel) -> None:
    def notice(task: Task, now: datetime) -> Notice:
        return replace(channel.notice(task, now), owner="\u05e0\u05d5\u05e8\u202e")

    channel.press("U1")
    channel.needs = replace(channel.needs, notice=notice)
    channel.press("U7")
    assert channel.first_line == "Owner: \u2068\u05e0\u05d5\u05e8\u2069"


def test_a_chosen_cause_closes_the_task(channel: Channel) -> None:
    channel.press("U7", "Wrong fix")
    assert channel.task.closing is not None
    assert channel.task.closing.cause == "Wrong fix"
    assert channel.first_line == "Closed: Wrong fix (<@U7>)"


def test_a_closed_task_keeps_its_cause_and_says_so(channel: Channel) -> None:
    channel.press("U7", "Wrong fix")
    channel.press("U1", "No answer")
    channel.press("U1")
    assert channel.first_line == "Closed: Wrong fix"
    assert len(channel.task.history) == 1


def test_a_cause_that_was_taken_off_the_list_closes_nothing(channel: Channel) -> None:
    channel.press("U7", "Bad luck")
    assert channel.task.closing is None
    assert channel.said[0]["text"] == "This cause is not on the survey's list any more."


@pytest.mark.parametrize("task", ["another", "", "../one", "x" * 500])
def test_a_task_that_there_is_not_is_whispered(channel: Channel, task: str) -> None:
    channel.press("U1", task=task)
    assert channel.said == [
        {
            "response_type": "ephemeral",
            "replace_original": False,
            "text": "This task is not there any more.",
        }
    ]


def test_a_task_out_of_the_channel_s_reach_looks_like_none(channel: Channel) -> None:
    pressed = Press("U1", "take", "one", None, "https://hooks.slack.com/actions/x")
    take_press(pressed, lambda survey: False, NOW, channel.needs)
    assert channel.said[0]["text"] == "This task is not there any more."
    assert not channel.task.is_taken


def test_without_an_address_of_slack_the_task_is_taken_all_the_same(channel: Channel) -> None:
    needs = replace(channel.needs, answer=lambda url, message: None)
    take_press(Press("U1", "take", "one"), lambda survey: True, NOW, needs)
    assert channel.task.is_taken


def test_a_message_of_a_task_that_the_page_closed_says_so(channel: Channel) -> None:
    change_task("one", Change(CLOSED, "No answer"), "key", NOW, channel.needs.change)
    channel.press("U1")
    assert channel.first_line == "Closed: No answer"
