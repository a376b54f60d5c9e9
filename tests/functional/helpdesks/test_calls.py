"""What is accepted costs three calls to the table at most, whatever the help desk tells."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from chalice.test import HTTPResponse
from msgspec.structs import replace

from chalicelib.aws import clients
from chalicelib.helpdesks import registry
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.source import shape_of
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.helpdesks.delivering import deliver, log_of
from tests.support.accounts import ACME
from tests.support.capacity import Meter
from tests.support.directory import PEOPLE
from tests.support.inbound import Sample, resigned, sample, samples
from tests.support.kept_secrets import write_secrets
from tests.support.samples import SURVEY

pytestmark = pytest.mark.usefixtures("_desks")

EMAIL = "ana@example.com"
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
    assert calls == ["GetItem", "Query", "TransactWriteItems"]


@pytest.mark.parametrize("told", BY_ID, ids=lambda told: told.name)
def test_with_an_id_alone_it_takes_three_calls(heed: Heed, told: Sample) -> None:
    warm(heed)
    heed.call("PUT", ACME, {"name": "Acme"})
    is_known(heed, told, role="manager", account="acme")
    _, calls = operations(lambda: deliver(heed, told))
    (item,) = heed.items("INVITE")
    assert (item["email"], item["account"]) == (EMAIL, "acme")
    assert calls == ["BatchGetItem", "Query", "TransactWriteItems"]


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


def test_a_secret_that_the_function_does_not_remember_costs_a_call_more(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm(heed)
    told = sample("github_issues_closed")
    is_known(heed, told)
    monkeypatch.setattr(helpdesks_wiring, "remembered_secrets", lambda hook_id: ["an-older-one"])
    _, calls = operations(lambda: deliver(heed, told))
    assert len(heed.items("INVITE")) == 1
    assert calls == ["GetItem", "GetItem", "Query", "TransactWriteItems"]


def solved_again(heed: Heed, told: Sample, reopened: Sample, again: Sample) -> list[str]:
    """The calls of the second resolution."""
    surveys_wiring.surveys().put(replace(SURVEY, delay_minutes=60))
    surveys_wiring.catalogue.cache_clear()
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
    assert calls == ["GetItem", "Query", "TransactWriteItems"]


def test_where_no_time_is_told_the_cancelled_one_is_met_first(heed: Heed) -> None:
    told = sample("freshdesk_simple_wrapped")

    def later(minutes: int, number: int) -> Sample:
        change = f"{{status:{{from:{6 - number},to:{number}}}}}"
        body = json.loads(told.raw)
        body["freshdesk_webhook"] |= {"triggered_event": change, "ticket_status": "x"}
        moved = replace(told, at=told.at + timedelta(minutes=minutes))
        return resigned(moved, json.dumps(body).encode())

    calls = solved_again(heed, later(0, 4), later(5, 2), later(9, 4))
    met = ["Query", "TransactWriteItems", "GetItem"]
    assert calls == ["GetItem", *met, "Query", "TransactWriteItems"]


def test_a_confidential_survey_reads_its_box_too(heed: Heed) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, identity="confidential"))
    surveys_wiring.catalogue.cache_clear()
    warm(heed)
    told = sample("generic_canonical_trigger")
    assert deliver(heed, told).json_body["status"] == "accepted"
    body = json.loads(told.raw) | {"requester": {"email": EMAIL}}
    body["ticket"] |= {"id": "7"}
    another = replace(told, headers={**told.headers, "webhook-id": "msg_7"})
    _, calls = operations(lambda: deliver(heed, resigned(another, json.dumps(body).encode())))
    assert calls == ["GetItem", "GetItem", "Query", "TransactWriteItems"]
