"""Every background function runs under the watch of its role (`roles`, in conftest.py), and its
role allows nothing that it never does."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

import app
from chalicelib import ids, keys, moments, wiring
from chalicelib.dns import MxLookup
from chalicelib.kinds import KINDS
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Key, Update
from chalicelib.teams import wiring as teams_wiring
from chalicelib.teams.team import Member, Team
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.functional.tasks.test_corrected_answers import correct
from tests.functional.tasks.test_tasks import unhappy
from tests.support.contention import meet_others
from tests.support.roles import ROLES, Request, Watch
from tests.support.samples import SURVEY
from tests.support.tapping import PHONE, Mail
from tests.support.tasks import hear

INVITATIONS = f"/v1/surveys/{SURVEY.id}/invitations"
# What they may do is held below, by tests/functional/people/test_role_of_forget.py and by
# tests/functional/releases/test_role_of_release.py.
JOBS = {"sweep", "forget", "release_ballots"}
READS = {"GetItem", "BatchGetItem", "Query"}
BOUNCE = Path(__file__).parents[2] / "data/ses/email_bounced_permanent.json"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MxLookup, "hosts", lambda self, domain: [])
    monkeypatch.setattr("chalicelib.recount.REST_S", 0)
    meet_others(monkeypatch)


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
    surveys_wiring.surveys().put(SURVEY.model_copy(update={"reminder_days": 3}))
    surveys_wiring.catalogue.cache_clear()
    made = invite(heed, "silent")
    tick_due(keys.reminder(made), keys.invitation(made))
    mail("ReminderQueued", invitation=made)
    bounce(keys.id_of(heed.items("MAIL")[0]["PK"]))


def be_unhappy() -> None:
    surveys_wiring.surveys().put(SURVEY.model_copy(update={"task_team": "desk"}))
    member = Member("kari", ids.derived_id("kari"), "Kari", "kari@example.com", "lead")
    teams_wiring.teams().put(Team("desk", "Desk", (member,), owner_rule="round_robin"))
    made = unhappy("late")
    event = {"detail": {"id": "event", "response": made}}
    app.open_task(event, None)
    app.plan_follow_up(event, None)
    tick_due(keys.task(made), keys.follow_up(made))
    mail("FollowUpQueued", response=made)
    # A bounce after the answer: its end is written to the response too.
    bounce("unknown", invitation=[made])
    improved = unhappy("improved")
    hear(improved)
    correct(improved, 9)
    hear(improved)


def tell(heed: Heed) -> None:
    """The team, of a task."""
    made = unhappy("told")
    hear(made)
    told = {"id": "event", "task": made, "owner": "kari", "due_at": "later", "task_version": 1}
    app.tell_people({"detail-type": "TaskOpened", "detail": told}, None)
    letters = {item["kind"]: item["id"] for item in heed.items("LETTER")}
    mail("LetterQueued", letter=letters["task_opened"])
    tick_due(keys.letter(letters["task_soon"]))
    (sent,) = [item for item in heed.items("LETTER") if item["kind"] == "task_opened"]
    assert sent["status"] == "sent"


def spoil_the_counts(heed: Heed) -> None:
    for item in heed.stored():
        if item["PK"].startswith(("TALLY#", "MONTHS#")):
            wiring.table().write(Update(Key(item["PK"], item["SK"]), add={"asked": 1}))
    app.recount({}, Clock(900_000))


@pytest.fixture
def asked(heed: Heed, roles: Watch) -> set[tuple[str, Request]]:
    settle(heed)
    remind_and_bounce(heed)
    be_unhappy()
    tell(heed)
    spoil_the_counts(heed)
    return roles.asked


def starts(asked: set[tuple[str, Request]], function: str, reads: bool) -> set[str]:
    return {
        key.partition("#")[0] + "#"
        for who, request in asked
        if (who, request.index) == (function, None) and (request.action in READS) == reads
        for key in request.keys
    }


def test_a_background_function_reads_and_writes_all_that_it_may(
    asked: set[tuple[str, Request]],
) -> None:
    for function in set(ROLES) - {"api", *JOBS}:
        read = {kind.pk for kind in KINDS if function in kind.read_by.split()}
        written = {kind.pk for kind in KINDS if function in kind.written_by.split()}
        assert starts(asked, function, reads=True) == read, function
        assert starts(asked, function, reads=False) == written, function


def test_the_sweep_may_do_what_the_tick_and_the_consumers_may_and_keep_its_place() -> None:
    alike = {"tick", "open_task", "plan_follow_up"}
    for names in ("read_by", "written_by"):
        may = {kind.pk for kind in KINDS if "sweep" in getattr(kind, names).split()}
        theirs = {kind.pk for kind in KINDS if alike & set(getattr(kind, names).split())}
        assert may == theirs | {"SWEEP#"}
