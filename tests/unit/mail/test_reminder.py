"""One reminder, to who did not answer or whose answer could not be confirmed."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib import keys
from chalicelib.invitations.invitation import Status
from chalicelib.mail.send import INVITATION, REMINDER, send
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from tests.support.fakes import FakeTable
from tests.support.mailing import FakeMailer, sending
from tests.support.recount import recounted, tallied
from tests.support.samples import NOW, SURVEY, recording, stored_invitation
from tests.support.ticks import release_due

REMINDING = replace(SURVEY, reminder_days=4)
DUE = NOW + timedelta(days=4)


class Post:
    def __init__(self) -> None:
        self.table, self.mailer = FakeTable(), FakeMailer()
        self.needs = replace(sending(self.table, self.mailer), survey=lambda _: REMINDING)
        self.id = stored_invitation(
            self.table, status=Status.QUEUED, sent_at=None, asked_day=None
        ).id
        send(INVITATION, self.id, NOW, self.needs)

    def remind(self) -> str:
        release_due(self.table, DUE, lambda response: None)
        return send(REMINDER, self.id, DUE, self.needs)

    def answer(self, state: State) -> None:
        stored = record_response(
            self.id, Answer(3), new_operation(NOW), "UTC", NOW, recording(self.table)
        )
        responses = recording(self.table).responses
        responses.replace(stored, replace(stored, state=state, version=2), 0)

    @property
    def reason(self) -> object:
        return self.table.items[keys.reminder(self.id)].get("reason")


@pytest.fixture
def post() -> Post:
    return Post()


def test_who_did_not_answer_is_reminded_once_after_four_days(post: Post) -> None:
    assert release_due(post.table, DUE - timedelta(seconds=1), lambda response: None) == 0
    assert post.remind() == "sent"
    assert post.remind() == "settled"
    assert len(post.mailer.sent) == 2
    assert b"You have not answered yet" in post.mailer.sent[1].raw
    assert tallied(post.table.items.values()) == recounted(post.table.items.values())


def test_whose_answer_is_held_is_asked_to_confirm(post: Post) -> None:
    post.answer(State.HELD)
    assert post.remind() == "sent"
    assert b"We could not confirm your answer" in post.mailer.sent[1].raw


@pytest.mark.parametrize("state", [State.COUNTED, State.SETTLING, State.DISMISSED])
def test_who_answered_is_left_in_peace(post: Post, state: State) -> None:
    post.answer(state)
    assert post.remind() == "suppressed"
    assert post.reason == "answered"


def test_who_unsubscribed_is_left_in_peace(post: Post) -> None:
    post.table.items[keys.person("x")] = {}
    needs = post.needs
    post.needs = replace(needs, person=lambda _: replace(needs.person("y"), unsubscribed=True))
    assert post.remind() == "suppressed"
    assert post.reason == "unsubscribed"


def test_who_left_the_survey_is_left_in_peace(post: Post) -> None:
    needs, left = post.needs, frozenset({SURVEY.id})
    post.needs = replace(needs, person=lambda _: replace(needs.person("y"), left=left))
    assert post.remind() == "suppressed"
    assert post.reason == "unsubscribed_from_survey"


def test_a_survey_without_reminders_sends_none() -> None:
    post = Post()
    plain = FakeTable()
    made = stored_invitation(plain, status=Status.QUEUED, sent_at=None, asked_day=None)
    send(INVITATION, made.id, NOW, sending(plain, post.mailer))
    assert keys.reminder(made.id) not in plain.items
