"""Deliveries to channels, against servers that answer as Slack and Microsoft Teams do."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.notify.calls.deliver import Outcome
from chalicelib.notify.chat.chat_call import SLACK_REVOKED, TEAMS_REVOKED, ChatNeeds, chat_call
from chalicelib.notify.chat.slack import message_of
from chalicelib.notify.chat.teams import card_of
from chalicelib.notify.transport import Transport
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.change_task import add_task, change_task, delete_task
from chalicelib.tasks.task import CLOSED, Change, task_for
from chalicelib.webhooks.webhook import Confidential, Kind, Off
from tests.support.chat_vendors import Slack, Teams
from tests.support.deliveries import WEBHOOK, Calls, delivery
from tests.support.notices import HOSTILE
from tests.support.samples import NOW, SURVEY, recording, stored_invitation, task_needs
from tests.support.vendor import serving

SEALED = replace(SURVEY, identity="confidential")


class Channel(Calls):
    """A channel of Slack or Teams, and the task of an unhappy answer."""

    def __init__(
        self, vendor: Any, words: str = "Third visit.", survey: Survey = SURVEY, lang: str = "en"
    ) -> None:
        self.kind = Kind.SLACK if isinstance(vendor, Slack) else Kind.TEAMS
        super().__init__(replace(WEBHOOK, kind=self.kind, url=None, lang=lang))
        self.vendor, self.survey = vendor, survey
        url = f"http://127.0.0.1:{vendor.port}/services/x"
        self.changing = task_needs(self.table, survey)
        answers = recording(self.table)
        chat = ChatNeeds(
            task=self.changing.tasks.get,
            response=answers.responses.find,
            survey=lambda _: survey,
            team=lambda _: None,
            confidential=lambda _: Confidential((), url),
        )
        write, revoked = (message_of, SLACK_REVOKED)
        if self.kind is Kind.TEAMS:
            write, revoked = (lambda notice, _: card_of(notice), TEAMS_REVOKED)
        compose = partial(chat_call, write=write, revoked=revoked, needs=chat)
        self.needs = replace(
            self.needs, compose={self.kind: compose}, transport=Transport(loopback=True)
        )
        self.task = stored_invitation(self.table).id
        self.answer(Answer(2, words))
        response = answers.responses.find(self.task)
        assert response
        add_task(task_for(response, survey, NOW), self.changing)

    def answer(self, said: Answer) -> None:
        record_response(self.task, said, new_operation(NOW), "UTC", NOW, recording(self.table))

    def tells(self, event: str = "TaskOpened", **facts: Any) -> Outcome:
        facts = facts or {"task": self.task}
        self.log.add(delivery(event, kind=self.kind, event=event, facts=facts))
        return self.deliver(name=event)

    @property
    def reason(self) -> Any:
        return self.item("TaskOpened").get("reason")


Make = Callable[..., Channel]


@pytest.fixture(params=[Slack, Teams], ids=["slack", "teams"])
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    vendor = request.param()
    with serving(vendor):
        yield partial(Channel, vendor)


def test_a_task_is_posted_once_with_its_words(make: Make) -> None:
    channel = make()
    assert channel.tells() is Outcome.SENT
    assert channel.deliver(name="TaskOpened") is Outcome.SETTLED
    assert len(channel.vendor.posted) == 1
    assert "Third visit." in str(channel.vendor.posted[0])


@pytest.mark.parametrize(
    "words", [*HOSTILE, "&" * 9000, "\U0001f62e" * 9000, "\n".join("a" * 9000)]
)
def test_whatever_people_write_is_taken(make: Make, words: str) -> None:
    channel = make(words)
    assert channel.tells() is Outcome.SENT


def test_what_was_corrected_meanwhile_is_told_as_it_is_now(make: Make) -> None:
    channel = make()
    channel.answer(Answer(2, "It works now."))
    channel.tells()
    assert "It works now." in str(channel.vendor.posted[0])


def test_a_task_that_is_closed_already_is_not_told_as_open(make: Make) -> None:
    channel = make()
    change_task(channel.task, Change(CLOSED, "No answer"), "key", NOW, channel.changing)
    assert channel.tells() is Outcome.SUPPRESSED
    assert channel.reason == "task_closed"
    assert channel.tells("TaskClosed", task=channel.task) is Outcome.SENT


def test_an_answer_is_told_by_its_words_and_a_score_alone_is_not(make: Make) -> None:
    channel = make()
    delete_task(channel.task, channel.changing)
    assert channel.tells("ResponseRecorded", response=channel.task) is Outcome.SENT
    silent = make("")
    delete_task(silent.task, silent.changing)
    assert silent.tells("ResponseRecorded", response=silent.task) is Outcome.SUPPRESSED
    assert silent.item("ResponseRecorded")["reason"] == "no_words"


def test_an_answer_that_has_a_task_is_told_with_it(make: Make) -> None:
    channel = make("")
    assert channel.tells("ResponseRecorded", response=channel.task) is Outcome.SENT
    assert "Due" in str(channel.vendor.posted)


def test_what_was_erased_is_told_to_nobody(make: Make) -> None:
    channel = make()
    erase_response(channel.task, new_operation(NOW), NOW, recording(channel.table))
    assert channel.tells("ResponseRecorded", response=channel.task) is Outcome.SUPPRESSED
    channel.tells("TaskOverdue", task=channel.task)
    assert "Third visit." not in str(channel.vendor.posted)


def test_of_a_sealed_survey_a_channel_hears_that_there_is_a_task(make: Make) -> None:
    channel = make("Third visit.", SEALED)
    assert channel.tells() is Outcome.SENT
    said = str(channel.vendor.posted[0])
    assert "Third visit." not in said
    assert "Ingrid" not in said
    assert "48213" not in said


@pytest.mark.parametrize("facts", [{"release": 1}, {"task": "gone"}, {"response": "gone"}])
def test_what_is_for_no_channel_is_left_out_with_its_reason(make: Make, facts: Any) -> None:
    channel = make()
    assert channel.tells(**facts) is Outcome.SUPPRESSED
    assert channel.reason


def test_an_address_that_was_taken_away_is_called_no_more(make: Make) -> None:
    channel = make()
    channel.vendor.is_revoked = True
    assert channel.tells() is Outcome.FAILED
    assert channel.reason == "revoked"
    assert channel.webhook().off is Off.GONE
    assert channel.tells("TaskOverdue", task=channel.task) is Outcome.SUPPRESSED
    assert len(channel.vendor.calls) == 1


def test_410_takes_it_away_too(make: Make) -> None:
    channel = make()
    channel.vendor.instead.append((410, {}, b"channel_is_archived"))
    assert channel.tells() is Outcome.FAILED
    assert channel.webhook().off is Off.GONE


@pytest.mark.parametrize("status", [400, 403, 413])
def test_a_message_that_is_refused_for_good_is_not_repeated(make: Make, status: int) -> None:
    channel = make()
    channel.vendor.instead.append((status, {}, b"invalid_blocks"))
    assert channel.tells() is Outcome.FAILED
    assert channel.webhook().off is None
    assert channel.tells("TaskOverdue", task=channel.task) is Outcome.SENT


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_fault_is_tried_again(make: Make, status: int) -> None:
    channel = make()
    channel.vendor.instead.append((status, {}, b""))
    assert channel.tells() is Outcome.POSTPONED
    channel.tick(NOW + timedelta(hours=1))
    assert channel.deliver(NOW + timedelta(hours=1), "TaskOpened") is Outcome.SENT


def test_too_many_messages_wait_as_long_as_the_vendor_says(make: Make) -> None:
    channel = make()
    channel.vendor.instead.append((429, {"Retry-After": "1800"}, b""))
    assert channel.tells() is Outcome.POSTPONED
    assert channel.item("TaskOpened")["due_at"] >= "2026-11-20T14:15:10"
    assert channel.tells("TaskOverdue", task=channel.task) is Outcome.POSTPONED
    assert len(channel.vendor.calls) == 1


def test_without_an_address_nothing_is_called(make: Make) -> None:
    channel = make()
    bare = ChatNeeds(
        channel.changing.tasks.get,
        lambda _: None,
        lambda _: SURVEY,
        lambda _: None,
        lambda _: Confidential(),
    )
    compose = partial(chat_call, write=message_of, revoked=SLACK_REVOKED, needs=bare)
    channel.needs = replace(channel.needs, compose={channel.kind: compose})
    assert channel.tells() is Outcome.SUPPRESSED
    assert channel.reason == "no_address"


def test_a_channel_is_told_in_its_language(make: Make) -> None:
    channel = make(lang="nb")
    assert channel.tells() is Outcome.SENT
    posted = str(channel.vendor.posted)
    assert "Undersøkelse" in posted or "Unders\\u00f8kelse" in posted
    assert "Third visit." in posted
