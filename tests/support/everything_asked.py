"""Makes every background function do all that it ever does."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from msgspec.structs import asdict, replace

import app
from chalicelib import keys, moments, sent_keys, wiring
from chalicelib.helpdesks import zendesk_sign_in
from chalicelib.helpdesks.note import Account
from chalicelib.invitations.served import Served, naming
from chalicelib.invitations.wiring import person_of
from chalicelib.notify.transport import Answer, Transport, TransportError
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer as Said
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.items import definition_of
from chalicelib.table import Key, Update
from chalicelib.tasks.plan import id_of
from chalicelib.teams import wiring as teams_wiring
from chalicelib.teams.team import Member, Team
from chalicelib.webhooks import wiring as webhooks_wiring
from chalicelib.webhooks.webhook import Confidential, Kind
from tests.functional.conftest import HOOK, Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.functional.tasks.test_corrected_answers import correct
from tests.functional.tasks.test_helped import Asked
from tests.functional.tasks.test_tasks import unhappy
from tests.support.deliveries import TASK_FACTS, WEBHOOK, delivery
from tests.support.given_surveys import survey_of
from tests.support.samples import SURVEY, stored_invitation
from tests.support.tapping import PHONE, Mail
from tests.support.tasks import hear
from tests.support.ticket_notes import note_delivery
from tests.support.webhooks import put_team, queue, stored_webhook

INVITATIONS = f"/v1/surveys/{SURVEY.id}/invitations"
EFFECTS = [
    *({"do": do} for do in ("open_task", "follow_up", "words_to_server", "words_to_team")),
    {"do": "notify", "to": "desk"},
]
BOUNCE = Path(__file__).parents[1] / "data/ses/email_bounced_permanent.json"


def mail(kind: str, **ids: str) -> None:
    body = json.dumps({"detail-type": kind, "detail": {"id": "event", **ids}})
    record = {"messageId": "1", "body": body, "eventSource": "aws:sqs"}
    assert app.send_mail({"Records": [record]}, None) == {"batchItemFailures": []}


def invite(heed: Heed, name: str) -> str:
    asked = {"email": f"{name}@example.com", "ticket": {"id": name}}
    made: str = heed.call("POST", INVITATIONS, asked).json_body["id"]
    mail("InvitationQueued", invitation=made)
    return made


def tick_due(*found: Key) -> None:
    """Once in vain, since a failure is noted, and then again."""
    past = moments.to_text(moments.now() - timedelta(minutes=1))
    for key in found:
        due = {"due_at": past, "due_shard": keys.due_shard(keys.id_of(key.pk))}
        wiring.table().write(Update(key, set=due))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chalicelib.tick.BECOMES", {})
        app.tick({}, Clock())
    app.tick({}, Clock())


def bounce(message_id: str, **tags: list[str]) -> None:
    event = json.loads(BOUNCE.read_text())["event"]
    event["detail"]["mail"] |= {"messageId": message_id, "tags": tags}
    app.record_mail_event(event, None)


def settle(heed: Heed) -> None:
    """A tap on a phone: it counts when its ten minutes are over."""
    tapping = Mail(heed, None)
    nonce = tapping.open(9, PHONE)
    for kind in ("hello", "dwell"):
        tapping.beacon(nonce, kind, PHONE, touch=True)
    surveys_wiring.catalogue.cache_clear()
    with time_machine.travel(moments.now() + timedelta(minutes=11)):
        tick_due(keys.response(tapping.invitation.id))
    assert tapping.response["state"] == "counted"


def remind_and_bounce(heed: Heed) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, reminder_days=3))
    surveys_wiring.catalogue.cache_clear()
    made = invite(heed, "silent")
    tick_due(keys.reminder(made), keys.invitation(made))
    mail("ReminderQueued", invitation=made)
    bounce(keys.id_of(heed.items("MAIL")[0]["PK"]))


def be_unhappy(heed: Heed) -> None:
    asked = {"task_team": "desk", "plan": EFFECTS}
    surveys_wiring.surveys().put(survey_of(definition_of(SURVEY) | asked))
    surveys_wiring.catalogue.cache_clear()
    member = Member("kari", person_of("kari@example.com"), "Kari", "kari@example.com", "lead")
    team = Team("desk", "Desk", (member,), owner_rule="round_robin")
    teams_wiring.teams().put(team, moments.now())
    made = unhappy("late")
    correct(made, 2, words="Slow.")
    ends = moments.now() + timedelta(days=1)
    wiring.table().transact(
        naming(Served(made, person_of("kari@example.com"), "kari@example.com", ends))
    )
    event = {"detail": {"id": "event", "response": made}}
    app.plan_effects(event, None)
    tick_due(keys.task(made), keys.follow_up(made))
    mail("FollowUpQueued", response=made)
    tick_due(*(sent_keys.letter(letter["id"]) for letter in heed.items("LETTER")))
    for letter in heed.items("LETTER"):
        mail("LetterQueued", letter=letter["id"])
    # A bounce after the answer: its end is written to the response too.
    bounce("unknown", invitation=[made])
    improved = unhappy("improved")
    hear(improved)
    correct(improved, 9)
    hear(improved)


def give_to_an_account_s_owner(heed: Heed) -> None:
    owner = {"team": "desk", "person": "kari"}
    team = teams_wiring.teams().get("desk")
    teams_wiring.teams().put(replace(team, owner_rule="account"), moments.now())
    for path, body in {
        "/v1/accounts/acme": {"name": "Acme", "owner": owner},
        "/v1/accounts/acme/contacts/client": {"email": "client@example.com"},
    }.items():
        assert heed.call("PUT", path, body).status_code == 200
    asked = {"email": "client@example.com", "ticket": {"id": "client"}}
    made = heed.call("POST", f"/v1/surveys/{SURVEY.id}/links", asked).json_body["id"]
    now, needs = moments.now(), responses_wiring.record_needs()
    record_response(made, Said(2), new_operation(now), "UTC", now, needs)
    app.plan_effects({"detail": {"id": "event", "response": made}}, None)
    assert wiring.table().get(keys.task(made))["owner"] == "kari"


def tell_of_a_task(heed: Heed) -> None:
    """The team, of a task."""
    made = unhappy("moved")
    hear(made)
    told = {"id": "event", "task": made, "owner": "kari", "due_at": "later", "task_version": 1}
    app.tell_people({"detail-type": "TaskOpened", "detail": told}, None)
    letters = {item["kind"]: item["id"] for item in heed.items("LETTER")}
    mail("LetterQueued", letter=letters["task_opened"])
    tick_due(sent_keys.letter(letters["task_soon"]))
    (sent,) = [item for item in heed.items("LETTER") if item["kind"] == "task_opened"]
    assert sent["status"] == "sent"


def call_a_webhook(heed: Heed, patch: pytest.MonkeyPatch) -> None:
    """Once in vain."""
    said: list[Any] = [TransportError("refused", 410), Answer(200, b"")]

    def post(*_: Any) -> Answer:
        answer = said.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    patch.setattr(Transport, "post", post)
    put_team()
    stored_webhook()
    told = unhappy("told")
    facts = {"response": told, "effect": id_of(told, "open_task")}
    answered = {"event": "ResponseRecorded", "facts": facts}
    webhooks_wiring.delivery_log().add(delivery(**answered))
    opened = {"survey": SURVEY.id, "occurred_at": "then", **TASK_FACTS}
    assert queue("TaskOpened", **opened) == {"batchItemFailures": []}
    for _ in range(2):
        webhooks_wiring.webhooks().change(WEBHOOK, "key")
        assert queue("DeliveryQueued", delivery="one") == {"batchItemFailures": []}
        tick_due(sent_keys.delivery("one"))
    for letter in heed.items("LETTER"):
        tick_due(sent_keys.letter(letter["id"]))
        mail("LetterQueued", letter=letter["id"])


def one_letter(heed: Heed, kind: str) -> str:
    (letter,) = [item["id"] for item in heed.items("LETTER") if item["kind"] == kind]
    return str(letter)


def be_told(heed: Heed) -> None:
    """How the task was closed. It did not help."""
    with time_machine.travel(moments.now(), tick=False) as clock:
        asked = Asked(heed, clock)
        task = asked.invitation.id
        wiring.table().write(Update(keys.task(task), set={"team_id": "desk"}))
        told_at = heed.items("HELPED")[0]["told_at"]
        mail("ClosingWritten", task=task, survey=SURVEY.id, told_at=told_at)
        letter = one_letter(heed, "closing")
        mail("LetterQueued", letter=letter)
        nonce = asked.open(0, PHONE)
        for kind in ("hello", "dwell"):
            asked.beacon(nonce, kind, PHONE, touch=True)
        clock.shift(timedelta(minutes=11))
        tick_due(keys.helped(task), sent_keys.letter(letter))
    assert wiring.table().get(keys.task(task))["helped"] is False


def digest(heed: Heed) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, task_team="desk"))
    tick_due(sent_keys.digest("desk"))
    tick_due(sent_keys.digest("desk"))
    mail("LetterQueued", letter=one_letter(heed, "digest"))
    mail("LetterQueued", letter=one_letter(heed, "account_digest"))


def report(heed: Heed) -> None:
    """Of the month that is over by then."""
    with time_machine.travel(moments.now() + timedelta(days=32)):
        month = f"{moments.now() - timedelta(days=32):%Y-%m}"
        path = f"/v1/surveys/{SURVEY.id}/reports/{month}"
        heed.call("PUT", path, {"heard": ["Slow docks."], "did": ["New docks."]})
        assert heed.call("POST", f"{path}/sending").status_code == 202
        tick_due(sent_keys.report(SURVEY.id, month))
        letter = next(item for item in heed.items("LETTER") if item["kind"] == "heard")
        mail("LetterQueued", letter=letter["id"])


def tell_a_channel_and_a_ticket(patch: pytest.MonkeyPatch) -> None:
    """Of an unhappy answer of the team `desk`, whose hook writes notes."""
    token = Answer(200, b'{"access_token": "token", "expires_in": 3600}')
    patch.setattr(Transport, "post", lambda *_: token)
    patch.setattr(zendesk_sign_in, "_tokens", {})
    stored_webhook(id="channel", kind=Kind.SLACK, url=None)
    kept = {"channel": Confidential((), "https://hooks.slack.com/services/x").kept()}
    kept |= {HOOK: {"account": asdict(Account("acme", "heed", "client-secret-of-these-tests"))}}
    wiring.secrets().change("webhook-secrets", lambda all_: {**all_, **kept})
    surveys_wiring.surveys().put(replace(SURVEY, note_score=True))
    asked = stored_invitation(wiring.table(), "late", hook=HOOK)
    log, task = webhooks_wiring.delivery_log(), {"task": asked.id}
    log.add(delivery("channel", kind=Kind.SLACK, to="channel", facts=task))
    log.add(note_delivery(asked, moments.now()))
    for made in ("channel", note_delivery(asked, moments.now()).id):
        assert queue("DeliveryQueued", delivery=made) == {"batchItemFailures": []}
        assert (log.find(made) or {})["status"] == "sent"


def spoil_the_counts(heed: Heed) -> None:
    for item in heed.stored():
        if item["PK"].startswith(("TALLY#", "MONTHS#")):
            wiring.table().write(Update(Key(item["PK"], item["SK"]), add={"asked": 1}))
    app.recount({}, Clock(900_000))
