"""Each row of the table of alarms: the failure is made, and its signal is seen.

Lambda, API Gateway, SQS, DynamoDB and SES count by themselves. What they count cannot be made
here; tests/unit/house/test_alarms.py holds those alarms to what AWS documents. Where the code
has to hand a failure to them (raise, answer with a 5xx, give a message back), that is made here.
"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from botocore.exceptions import ClientError
from msgspec.structs import replace

import app
from chalicelib import moments, tally_keys, wiring
from chalicelib.aws import clients
from chalicelib.errors import Unavailable
from chalicelib.helpdesks.note import DeskRefused
from chalicelib.invitations.invitation import Status
from chalicelib.set_aside import MOST_FAILURES
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Update
from tests.functional.conftest import HOOK, Heed
from tests.functional.house.test_tick_and_aside import Clock, broken, due
from tests.support.alarms import alarms, metric_of, rings
from tests.support.answers import NOON
from tests.support.samples import SURVEY, stored_invitation

FAILED = (ClientError, Unavailable)
HOUR = timedelta(hours=1)
QUEUED = {"status": Status.QUEUED, "sent_at": None, "asked_day": None}


class Outage:
    """Every call of DynamoDB and of the bus is denied, as after a wrong change of a role."""

    def __init__(self) -> None:
        self.clients = [clients.client(name) for name in ("dynamodb", "events")]

    def begin(self) -> None:
        surveys_wiring.catalogue.cache_clear()
        for client in self.clients:
            client.meta.events.register_first("before-call", deny, unique_id="outage")

    def end(self) -> None:
        for client in self.clients:
            client.meta.events.unregister("before-call", unique_id="outage")


def deny(model: Any, **_: Any) -> None:
    raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, model.name)


@pytest.fixture
def outage(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outage]:
    monkeypatch.setattr(wiring, "pause", lambda attempt: None)
    made = Outage()
    yield made
    made.end()


def ask_while_all_is_denied(heed: Heed, outage: Outage) -> None:
    outage.begin()
    assert heed.call("GET", f"/v1/surveys/{SURVEY.id}/scores").status_code >= 500


def tick_while_all_is_denied(heed: Heed, outage: Outage) -> None:
    outage.begin()
    with pytest.raises(FAILED):
        app.tick({}, Clock())


def tick_late(heed: Heed, outage: Outage) -> None:
    due("a")
    with time_machine.travel(moments.now() + HOUR, tick=False):
        app.tick({}, Clock())


def fail_in_five_ticks(heed: Heed, outage: Outage) -> None:
    broken()
    for _ in range(MOST_FAILURES):
        app.tick({}, Clock())


def send_without_a_table(heed: Heed, outage: Outage) -> None:
    outage.begin()
    event = {"detail-type": "InvitationQueued", "detail": {"id": "event", "invitation": "one"}}
    record = {"messageId": "1", "body": json.dumps(event), "eventSource": "aws:sqs"}
    answer = app.send_mail({"Records": [record]}, Clock())
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}


def deliver_without_a_table(heed: Heed, outage: Outage) -> None:
    outage.begin()
    event = {"detail-type": "DeliveryQueued", "detail": {"id": "event", "delivery": "one"}}
    record = {"messageId": "1", "body": json.dumps(event), "eventSource": "aws:sqs"}
    answer = app.deliver({"Records": [record]}, Clock())
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}


def sweep_what_got_stuck(heed: Heed, outage: Outage) -> None:
    stored_invitation(wiring.table(), created_at=moments.now() - 3 * HOUR, **QUEUED)
    app.sweep({}, Clock(800_000))


def sweep_without_time(heed: Heed, outage: Outage) -> None:
    stored_invitation(wiring.table(), created_at=moments.now() - 3 * HOUR, **QUEUED)
    app.sweep({}, Clock(0))


def reconcile_what_does_not_answer(heed: Heed, outage: Outage) -> None:
    desk = {"subdomain": "acme", "client_id": "heed", "client_secret": "a-secret-of-these-tests"}
    heed.call("PUT", f"/v1/hooks/zendesk/{HOOK}/account", desk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chalicelib.reconcile.ask_by", refuse)
        app.reconcile({}, Clock(800_000))
    heed.call("DELETE", f"/v1/hooks/zendesk/{HOOK}/account")


def refuse(*call: object) -> bytes:
    raise DeskRefused("not_reached")


def recount_a_wrong_tally(heed: Heed, outage: Outage) -> None:
    made = stored_invitation(wiring.table())
    wrong = tally_keys.tally(made.survey, "all", str(made.asked_day), 0)
    wiring.table().write(Update(wrong, add={"asked": 1}))
    app.recount({}, Clock(800_000))


def recount_without_time(heed: Heed, outage: Outage) -> None:
    stored_invitation(wiring.table())
    app.recount({}, Clock(0))


TRIPS: dict[str, Callable[[Heed, Outage], None]] = {
    "UnexpectedFailures": ask_while_all_is_denied,
    "TickMissing": tick_while_all_is_denied,
    "TickLag": tick_late,
    "SetAside": fail_in_five_ticks,
    "MailFailures": send_without_a_table,
    "DeliveryFailures": deliver_without_a_table,
    "Swept": sweep_what_got_stuck,
    "SweepUnfinished": sweep_without_time,
    "ReconcileUnfinished": reconcile_what_does_not_answer,
    "TallyMismatch": recount_a_wrong_tally,
    "RecountUnfinished": recount_without_time,
}


def test_each_metric_of_our_own_with_an_alarm_is_tripped_here() -> None:
    own = {name for name, alarm in alarms().items() if metric_of(alarm).name.startswith("Heed/")}
    assert own == set(TRIPS)


@pytest.mark.parametrize("name", TRIPS)
def test_the_failure_sets_off_its_alarm(
    heed: Heed, outage: Outage, capsys: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    TRIPS[name](heed, outage)
    assert rings(alarms()[name], capsys.readouterr().out)


def test_nothing_rings_while_all_is_well(heed: Heed, outage: Outage, capsys: Any) -> None:
    with time_machine.travel(NOON, tick=False):
        due("a")
        heed.call("GET", f"/v1/surveys/{SURVEY.id}/scores")
        heed.call("GET", "/v1/surveys/nobody/scores")
        app.tick({}, Clock())
        app.sweep({}, Clock(800_000))
    printed = capsys.readouterr().out
    assert [name for name in TRIPS if rings(alarms()[name], printed)] == []


def views(printed: str) -> set[str]:
    lines = [json.loads(line) for line in printed.splitlines() if '"UnexpectedFailure"' in line]
    return {line["view"] for line in lines if "view" in line}


@pytest.mark.parametrize("counts", ["send", "tap"])
def test_a_total_outage_is_counted_on_every_page_and_route_that_fails(
    heed: Heed, outage: Outage, capsys: Any, counts: str
) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, counts=counts))
    stored_invitation(wiring.table())
    token = heed.token(heed.items("INVITE")[0])
    outage.begin()
    failed = [
        heed.http.get(f"/r/{token}/9"),
        heed.post_form(f"/r/{token}", {"score": "9", "nonce": "x"}),
        heed.post_form(f"/u/{token}", {}),
        heed.call("GET", "/v1/tasks"),
        heed.call("POST", f"/v1/surveys/{SURVEY.id}/links", {"ticket": {"id": "1"}}),
    ]
    statuses = [answer.status_code for answer in failed]
    printed = capsys.readouterr().out
    assert sum(status >= 500 for status in statuses) == len(views(printed))
    assert {"show_chosen", "take_answer", "list_tasks", "issue_links"} <= views(printed)
    assert "example.com" not in printed
    assert token not in printed


@pytest.mark.parametrize(
    "function", [*("plan_effects", "tell_people", "recount", "sweep", "tick", "reconcile")]
)
def test_a_function_that_nobody_waits_for_ends_with_an_error(
    heed: Heed, outage: Outage, function: str
) -> None:
    outage.begin()
    facts = {"id": "event", "response": "one", "task": "one"}
    event = {"detail-type": "TaskOpened", "detail": facts}
    with pytest.raises(FAILED):
        getattr(app, function)(event, Clock())


def test_a_bounce_that_cannot_be_noted_is_an_error(heed: Heed, outage: Outage) -> None:
    outage.begin()
    mail = {"messageId": "1", "tags": {}}
    bounce = {"bounceType": "Permanent", "bouncedRecipients": []}
    event = {"detail-type": "Email Bounced", "detail": {"mail": mail, "bounce": bounce}}
    with pytest.raises(ClientError):
        app.record_mail_event(event, Clock())


def test_a_change_that_the_bus_refuses_stays_in_the_stream(heed: Heed, outage: Outage) -> None:
    outage.begin()
    image = {"id": {"S": "one"}, "survey": {"S": SURVEY.id}, "status": {"S": "queued"}}
    change = {"SequenceNumber": "7", "NewImage": {**image, "SK": {"S": "INVITE"}}}
    record = {"eventID": "1", "eventSource": "aws:dynamodb", "dynamodb": change}
    answer = app.publish({"Records": [record]}, Clock())
    assert answer == {"batchItemFailures": [{"itemIdentifier": "7"}]}
