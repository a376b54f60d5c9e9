"""What is accepted costs three calls to the table at most, whatever the help desk tells."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from chalice.test import HTTPResponse
from msgspec.structs import replace

from chalicelib.aws import clients
from chalicelib.helpdesks import registry
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.source import shape_of
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.helpdesks.delivering import deliver, log_of
from tests.support.accounts import ACME
from tests.support.capacity import Meter
from tests.support.directory import PEOPLE
from tests.support.inbound import API, Sample, resigned, sample, samples
from tests.support.kept_secrets import looking, write_secrets
from tests.support.measured import COSTS, Cost, cost_of
from tests.support.samples import SURVEY

pytestmark = pytest.mark.usefixtures("_desks")

EMAIL = "ana@example.com"
THREE = ["BatchGetItem", "Query", "TransactWriteItems"]
ASKED = [told for told in samples() if told.result == "accepted"]


def external_id(told: Sample) -> str:
    """The tool's id of whoever asked, empty where it tells none."""
    (place, *_) = told.places()
    shape = shape_of(told.desk, place, told.query.get("solved", ""))
    return place.below(shape.root).text(shape.external_id) if shape else ""


def without_address(told: Sample) -> Sample:
    email = str((told.expected or {}).get("email") or "")
    if not email:
        return told
    # Zammad's customers sign in by their address.
    raw = told.raw.replace(f'"login":"{email}"'.encode(), b'"login":"ingrid"')
    raw = raw.replace(f'"{email}"'.encode(), b'""').replace(f">{email}<".encode(), b"><")
    return resigned(told, raw)


BY_ID = [
    without_address(told)
    for told in samples()
    if external_id(told) and (told.result == "accepted" or told.reason == "address_unknown")
]


def is_known(heed: Heed, told: Sample, **facts: str) -> None:
    """In the directory, by the id that the tool has."""
    body: dict[str, object] = {"email": EMAIL, **facts}
    body |= {"external_ids": [f"{told.source}:{external_id(told)}"]} if external_id(told) else {}
    assert heed.call("POST", PEOPLE, body).status_code == 201


def warm(heed: Heed) -> None:
    """A function that has answered before knows the survey and the keys."""
    write_secrets({told.source: [told.secret] for told in samples()})
    surveys_wiring.catalogue().get(SURVEY.id)
    helpdesks_wiring.hook_secrets(helpdesks_wiring.hooks().get("zendesk", "ten_01"))


def operations(action: Callable[[], HTTPResponse]) -> tuple[HTTPResponse, list[str]]:
    with Meter(clients.client("dynamodb")).running() as meter:
        answer = action()
    return answer, [call.operation for call in meter.calls]


def test_there_is_a_sample_that_is_asked_of_each_source() -> None:
    asked = {told.source for told in ASKED} | {told.source for told in BY_ID}
    assert asked == set(registry.names())


@pytest.mark.parametrize("told", ASKED, ids=lambda told: told.name)
def test_with_an_address_it_takes_three_calls(heed: Heed, told: Sample) -> None:
    warm(heed)
    _, calls = operations(lambda: deliver(heed, told))
    assert len(heed.items("INVITE")) == 1
    assert calls == THREE


@pytest.mark.parametrize("told", BY_ID, ids=lambda told: told.name)
def test_with_an_id_alone_it_takes_three_calls(heed: Heed, told: Sample) -> None:
    warm(heed)
    heed.call("PUT", ACME, {"name": "Acme"})
    is_known(heed, told, role="manager", account="acme")
    _, calls = operations(lambda: deliver(heed, told))
    (item,) = heed.items("INVITE")
    assert (item["email"], item["account"]) == (EMAIL, "acme")
    assert calls == THREE


@pytest.mark.parametrize("told", BY_ID, ids=lambda told: told.name)
def test_an_id_that_the_directory_does_not_know_is_not_looked_for_twice(
    heed: Heed, told: Sample
) -> None:
    warm(heed)
    _, calls = operations(lambda: deliver(heed, told))
    assert heed.items("INVITE") == []
    assert {line.reason for line in log_of(told)} >= {"address_unknown"}
    assert calls[0] == "BatchGetItem"
    assert {*calls[1:]} == {"PutItem"}


def test_of_a_batch_all_ids_are_looked_up_at_once(heed: Heed) -> None:
    warm(heed)
    told = sample("hubspot_workflow_customized")
    body = json.loads(without_address(told).raw)
    items = [{**body, "ticket_id": f"{n}", "contact_id": f"c{n}"} for n in range(5)]
    for n in range(5):
        named = {"email": f"p{n}@example.com", "external_ids": [f"hubspot:c{n}"]}
        heed.call("POST", PEOPLE, named)
    batch = resigned(told, json.dumps(items).encode())
    _, calls = operations(lambda: deliver(heed, batch))
    assert len({item["email"] for item in heed.items("INVITE")}) == 5
    assert calls == ["BatchGetItem", *["Query", "TransactWriteItems"] * 5]


def test_what_nobody_signed_is_not_read_before_its_hook(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm(heed)
    read = list[bytes]()
    told = sample("github_issues_closed")
    monkeypatch.setattr("chalicelib.helpdesks.sources.github.read_json", read.append)
    _, calls = operations(lambda: deliver(heed, told, "another-secret-of-these-tests"))
    assert calls == ["GetItem"]
    assert read == []


def rotated(told: Sample, secret: str) -> Sample:
    """With a secret that this function has not read yet."""
    kept = json.dumps({"ten_01": [secret]})
    looking("secretsmanager").put_secret_value(SecretId="hook-secrets", SecretString=kept)
    helpdesks_wiring.hooks().note_new_secrets(Hook(told.source, "ten_01", SURVEY.id), None)
    return resigned(told, secret=secret)


def send(heed: Heed, told: Sample) -> tuple[HTTPResponse, list[str]]:
    """And the calls of it. The function goes on with the secrets that it remembers."""
    with time_machine.travel(told.at):
        path = told.url.removeprefix(API)
        return operations(lambda: heed.http.post(path, headers=dict(told.headers), body=told.raw))


@pytest.mark.parametrize("wrong_before", [0, 1])
def test_a_secret_that_the_function_does_not_know_yet(heed: Heed, wrong_before: int) -> None:
    """A wrong signature has the secrets read anew, once a minute: they are no call to the table.
    What comes next pays for it with a call more."""
    told = sample("github_issues_closed")
    is_known(heed, told)
    warm(heed)
    for _ in range(wrong_before):
        send(heed, resigned(told, secret="a-guess-of-somebody"))
    answer, calls = send(heed, rotated(told, "a-new-secret-of-these-tests"))
    assert answer.json_body["status"] == "accepted"
    assert calls == (["GetItem", "GetItem", *THREE[1:]] if wrong_before else THREE)


def waiting_an_hour(**changes: object) -> None:
    put_survey(delay_minutes=60, **changes)


def put_survey(**changes: object) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, **changes))
    surveys_wiring.catalogue.cache_clear()


def solved_again(heed: Heed, told: Sample, reopened: Sample, again: Sample) -> list[str]:
    """The calls of the second resolution."""
    waiting_an_hour()
    warm(heed)
    deliver(heed, told)
    assert deliver(heed, reopened).json_body["reason"] == "invitation_cancelled"
    _, calls = operations(lambda: deliver(heed, again))
    assert sorted(item["status"] for item in heed.items("INVITE")) == ["cancelled", "waiting"]
    return calls


def test_a_ticket_that_was_opened_again_and_solved_takes_three_calls(heed: Heed) -> None:
    told = sample("generic_canonical_trigger")

    def later(minutes: int, event: str) -> Sample:
        at = told.at + timedelta(minutes=minutes)
        body = json.loads(told.raw) | {"event": event, "occurred_at": at.isoformat()}
        body["ticket"] |= {"solved_at": at.isoformat()}
        moved = replace(told, at=at, headers={**told.headers, "webhook-id": f"msg_{minutes}"})
        return resigned(moved, json.dumps(body).encode())

    calls = solved_again(heed, told, later(70, "ticket.reopened"), later(90, "ticket.solved"))
    assert calls == THREE


def fresh(minutes: int, number: int, **facts: object) -> Sample:
    """Freshdesk tells no time. Of status 4 a ticket is solved."""
    told = sample("freshdesk_simple_wrapped")
    body = json.loads(told.raw)
    change = f"{{status:{{from:{6 - number},to:{number}}}}}"
    body["freshdesk_webhook"] |= {"triggered_event": change, "ticket_status": "x", **facts}
    moved = replace(told, at=told.at + timedelta(minutes=minutes))
    return resigned(moved, json.dumps(body).encode())


def test_where_no_time_is_told_it_takes_three_calls_too(heed: Heed) -> None:
    assert solved_again(heed, fresh(0, 4), fresh(5, 2), fresh(9, 4)) == THREE


def test_where_the_first_time_alone_is_told_it_takes_three_calls_too(heed: Heed) -> None:
    told = sample("zammad_default_ticket_closed")

    def later(minutes: int, state: str) -> Sample:
        at = told.at + timedelta(minutes=minutes)
        body = json.loads(told.raw)
        body["ticket"] |= {"state": state, "updated_at": at.isoformat()}
        headers = {**told.headers, "x-zammad-delivery": f"{minutes}"}
        return resigned(replace(told, at=at, headers=headers), json.dumps(body).encode())

    assert solved_again(heed, told, later(5, "open"), later(9, "closed")) == THREE


def test_what_was_cancelled_three_times_takes_three_calls_too(heed: Heed) -> None:
    waiting_an_hour()
    warm(heed)
    for minutes in (0, 10, 20):
        deliver(heed, fresh(minutes, 4))
        deliver(heed, fresh(minutes + 5, 2))
    _, calls = operations(lambda: deliver(heed, fresh(30, 4)))
    statuses = sorted(item["status"] for item in heed.items("INVITE"))
    assert (statuses, calls) == (["cancelled"] * 3 + ["waiting"], THREE)


def test_a_thank_you_before_the_e_mail_takes_three_calls(heed: Heed) -> None:
    """One of the earlier invitations waits, and one was cancelled."""
    waiting_an_hour(throttle_days=0)
    warm(heed)
    for minutes, number in ((0, 4), (5, 2), (9, 4)):
        deliver(heed, fresh(minutes, number))
    thanked = fresh(3 * 24 * 60, 4, ticket_tags="thank_you")
    _, calls = operations(lambda: deliver(heed, thanked))
    statuses = sorted(item["status"] for item in heed.items("INVITE"))
    assert (statuses, calls) == (["cancelled", "waiting", "waiting"], THREE)


def test_a_confidential_survey_takes_three_calls(heed: Heed) -> None:
    put_survey(identity="confidential")
    warm(heed)
    told = sample("generic_canonical_trigger")
    assert deliver(heed, told).json_body["status"] == "accepted"
    body = json.loads(told.raw) | {"requester": {"email": EMAIL}}
    body["ticket"] |= {"id": "7"}
    another = replace(told, headers={**told.headers, "webhook-id": "msg_7"})
    _, calls = operations(lambda: deliver(heed, resigned(another, json.dumps(body).encode())))
    assert calls == THREE


@pytest.mark.parametrize("told", ASKED, ids=lambda told: told.name)
def test_a_first_delivery_of_any_source_costs_what_is_said(heed: Heed, told: Sample) -> None:
    warm(heed)
    assert cost_of(lambda: deliver(heed, told)) == Cost(*COSTS["asked_by_hook"]["costs"]["1"])


def test_a_thank_you_pays_two_units_for_each_invitation_that_stands(heed: Heed) -> None:
    waiting_an_hour(throttle_days=0)
    warm(heed)
    usual = cost_of(lambda: deliver(heed, fresh(0, 4)))
    deliver(heed, fresh(3 * 24 * 60, 4))
    thanked = cost_of(lambda: deliver(heed, fresh(6 * 24 * 60, 4, ticket_tags="thank_you")))
    assert thanked == Cost(usual.calls, usual.reads, usual.writes + 4)
