"""What Heed does, one operation each: what is there before, as many as `size` says, and what is
measured. tests/data/costs.json has what each costs; tests and `make bench` measure it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace

from chalicelib import moments, take_snapshots, wiring
from chalicelib.invitations.token import Purpose
from chalicelib.mail import wiring as mail_wiring
from chalicelib.mail.mx import Postures
from chalicelib.mail.store import PostureStore
from chalicelib.notify.handlers import send_queued_mail
from chalicelib.recount import recount_needs
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import from_item as question_from_item
from chalicelib.tally.recount import recount as count_again
from tests.functional.conftest import Heed
from tests.support import filled, snapshots, volumes
from tests.support.hook_calls import deliver, send_signed
from tests.support.questions import QUESTIONS
from tests.support.samples import SURVEY
from tests.support.tapping import MOUSE, PHONE, Mail
from tests.support.ticks import release_due

# In whole months, and in the days at the ends of the default range.
DAYS = ("2026-11-10", "2026-10-06", "2026-08-25", "2026-07-14", "2025-05-13")
WORDS = {"trusted": "1", "comment": "Quick, thank you."}
OF_SURVEY = f"/v1/surveys/{SURVEY.id}"
Action = Callable[[], object]


@dataclass(frozen=True)
class World:
    heed: Heed
    clock: Any

    def survey(self, **changes: Any) -> Survey:
        made = replace(SURVEY, **{"segments": ["region"], **changes})
        surveys_wiring.surveys().put(made)
        surveys_wiring.catalogue.cache_clear()
        return made

    def mail(self, counts: str = "tap") -> Mail:
        """Of a function that has answered before: it knows the survey and the keys."""
        mail = Mail(self.heed, self.clock)
        self.survey(counts=counts, segments=[])
        mail.ask_another()
        mail.open(9)
        mail.ask_another()
        return mail

    def getting(self, path: str, **headers: str) -> Action:
        def get() -> None:
            answer = self.heed.call("GET", path, **headers)
            assert answer.status_code == 200, answer.body

        return get


def asked_by_api(world: World, size: int) -> Action:
    world.survey(segments=[])
    return lambda: _ask(world, "ingrid")


def asked_by_hook(world: World, size: int) -> Action:
    world.survey()
    deliver(world.heed, "first")
    return lambda: deliver(world.heed, "second")


def asked_by_hook_with_an_id(world: World, size: int) -> Action:
    """The help desk tells no address: the directory has it by the person's id."""
    world.survey()
    deliver(world.heed, "first")
    person = {"email": "second@example.com", "external_ids": ["zendesk:417"]}
    assert world.heed.call("POST", "/v1/people", person).status_code == 201
    body = {
        "zendesk_event_version": "2022-11-06",
        "type": "zen:event-type:ticket.status_changed",
        "id": "second",
        "event": {"current": "SOLVED", "previous": "OPEN"},
        "detail": {"id": "7", "requester_id": "417", "updated_at": "2026-11-20T12:59:00Z"},
    }
    return lambda: send_signed(world.heed, json.dumps(body).encode(), "second")


def mail_sent(world: World, size: int) -> Action:
    """A mail domain's posture is looked up once in a while: somebody of it was asked before."""
    world.survey(segments=[])
    _send(_ask(world, "first"))
    asked = _ask(world, "second")
    return lambda: _send(asked)


def tapped_on_a_phone(world: World, size: int) -> Action:
    mail = world.mail()

    def tap() -> None:
        nonce = mail.open(9, PHONE)
        for signal in ("hello", "dwell"):
            world.clock.shift(timedelta(seconds=2))
            mail.beacon(nonce, signal, PHONE, touch=True)
        mail.send(nonce, 9, PHONE, **WORDS)

    return tap


def tapped_with_a_mouse(world: World, size: int) -> Action:
    mail = world.mail()

    def tap() -> None:
        nonce = mail.open(9)
        mail.beacon(nonce, "hello")
        world.clock.shift(timedelta(seconds=2))
        mail.beacon(nonce, "gesture", gesture=MOUSE)
        mail.send(nonce, 9, **WORDS)

    return tap


def link_opened(world: World, size: int) -> Action:
    mail = world.mail()
    return lambda: mail.open(9)


def form_sent(world: World, size: int, counts: str = "tap") -> Action:
    """The page and the form."""
    mail = world.mail(counts)

    def answer() -> None:
        nonce = mail.open(9)
        world.clock.shift(timedelta(seconds=9))
        mail.send(nonce, 9, **WORDS)

    return answer


def form_sent_where_only_it_counts(world: World, size: int) -> Action:
    return form_sent(world, size, "send")


def form_sent_with_questions(world: World, size: int) -> Action:
    """Three of them, of each kind, with the form that sends the score."""
    mail = world.mail()
    questions = [question_from_item(question) for question in QUESTIONS]
    world.survey(counts="tap", segments=[], questions=questions)
    mail.open(9)
    mail.ask_another()
    said = {"q.channel": "mail", "q.good.speed": "yes", "q.good.care": "yes", "q.missing": "Hours"}

    def answer() -> None:
        nonce = mail.open(9)
        world.clock.shift(timedelta(seconds=9))
        mail.send(nonce, 9, **WORDS, **said)

    return answer


def answer_changed(world: World, size: int) -> Action:
    """By the form of a page that was opened again."""
    mail = world.mail("send")
    first = mail.open(9)
    world.clock.shift(timedelta(seconds=9))
    mail.send(first, 9, **WORDS)
    world.clock.shift(timedelta(hours=1))
    nonce = mail.open(3)
    world.clock.shift(timedelta(seconds=9))
    return lambda: mail.send(nonce, 3, **WORDS)


def unsubscribed(world: World, size: int) -> Action:
    mail = world.mail()
    item = next(item for item in world.heed.items("INVITE") if item["id"] == mail.invitation.id)
    link = f"/u/{world.heed.token(item, Purpose.UNSUBSCRIBE)}"
    return lambda: world.heed.post_form(link, {"List-Unsubscribe": "One-Click"})


def due_tick(world: World, size: int) -> Action:
    """`size` answers on phones that have waited for ten minutes."""
    mail = world.mail()
    for _ in range(size):
        mail.ask_another()
        nonce = mail.open(9, PHONE)
        for signal in ("hello", "dwell"):
            mail.beacon(nonce, signal, PHONE, touch=True)
    world.clock.shift(timedelta(minutes=11))
    now = moments.now()
    settle = lambda response: responses_wiring.settle(response, now)  # noqa: E731
    return lambda: release_due(wiring.table(), now, settle)


def scores(world: World, size: int, question: str = "scores") -> Action:
    made = world.survey()
    volumes.count(made, size, DAYS)
    volumes.count_the_rest(made, size, DAYS)
    return world.getting(f"{OF_SURVEY}/{question}")


def scores_by_group(world: World, size: int) -> Action:
    return scores(world, size, "scores?by=region")


def insights(world: World, size: int) -> Action:
    _counted_by_night(size)
    return scores(world, size, "insights")


def outcomes(world: World, size: int) -> Action:
    world.survey()
    _counted_by_night(size)
    return world.getting(f"{OF_SURVEY}/outcomes?kind=referral")


def benchmarks(world: World, size: int) -> Action:
    """`size` surveys; a page has fifty."""
    for number in range(size):
        made = world.survey(id=f"survey-{number:04}")
        volumes.count(made, 10**4, DAYS)
    return world.getting("/v1/benchmarks")


def page_of_responses(world: World, size: int) -> Action:
    filled.fill(filled.answers(world.survey(), size))
    return world.getting(f"{OF_SURVEY}/responses?limit=50")


def export_of_responses(world: World, size: int) -> Action:
    filled.fill(filled.answers(world.survey(), size))
    return world.getting(f"{OF_SURVEY}/responses?limit=1000", Accept="text/csv")


def page_of_tasks(world: World, size: int) -> Action:
    filled.fill(filled.tasks(world.survey(), size))
    return world.getting("/v1/tasks?limit=50")


def contacts_of_an_account(world: World, size: int) -> Action:
    """Everybody was asked once and answered."""
    filled.fill(filled.contacts(world.survey(), size))
    return world.getting("/v1/accounts/acme/contacts?limit=50")


def counted_again(world: World, size: int) -> Action:
    """Of a survey whose counts are right."""
    filled.fill(filled.answers(world.survey(), size))
    needs = replace(recount_needs(), rest=lambda: None)
    count_again(needs)
    return lambda: count_again(needs)


def counted_by_night(world: World, size: int) -> Action:
    """Outcomes and silent accounts."""
    world.survey()
    filled.fill(list(snapshots.people(size).items.values()))
    needs = snapshots.needs(wiring.table())
    return lambda: take_snapshots.take_snapshots(moments.now(), needs)


def _counted_by_night(size: int) -> None:
    table = snapshots.people(size)
    take_snapshots.take_snapshots(moments.now(), snapshots.needs(table))
    filled.fill(snapshots.kept_in(table))


def _ask(world: World, name: str) -> str:
    body = {"email": f"{name}@example.com", "name": "Ingrid Solheim"}
    answer = world.heed.call("POST", f"{OF_SURVEY}/invitations", body)
    assert answer.status_code == 201, answer.body
    return str(answer.json_body["id"])


def _send(invitation: str) -> None:
    detail = {"id": "event-1", "invitation": invitation}
    body = json.dumps({"detail-type": "InvitationQueued", "detail": detail})
    record = {"messageId": "1", "body": body, "eventSource": "aws:sqs"}
    with patch.object(mail_wiring, "postures", _postures):
        assert send_queued_mail({"Records": [record]}, None) == {"batchItemFailures": []}


def _postures() -> Postures:
    return Postures(PostureStore(wiring.table()), lambda domain: ["mx.example.com"])
