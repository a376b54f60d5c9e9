"""Erasing on the deployed stack, under the roles of its functions: what they may do is enough."""

import json

import pytest

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.aws.table import DynamoTable, unpack
from chalicelib.invitations.store import InvitationStore
from chalicelib.people.store import PeopleStore
from tests.attack.credentials import key_with
from tests.conftest import Stack
from tests.support.outside import Answer, Outside, call, open_page, press_send, until

pytestmark = pytest.mark.slow
WORDS = "waited nine days"


@pytest.fixture
def outside(stack: Stack) -> Outside:
    return Outside(stack)


class Person:
    """Somebody who gave an unhappy answer, which has its task."""

    def __init__(self, outside: Outside, name: str) -> None:
        self.name, self.address = name, f"{name}.nilsson@example.com"
        path = f"/v1/surveys/{outside.stack.survey}/invitations"
        asked = {"email": self.address, "name": f"{name.title()} Nilsson"}
        self.invitation = outside.api("POST", path, asked).json["id"]
        (mail,) = outside.wait_for_mails(self.address)
        self.link = outside.links_in(mail)[2]
        page = open_page(self.link)
        said = press_send(self.link, page.text, 2, f"{name} {WORDS}")
        assert "Your 2 is recorded" in said.text
        task = f"/v1/tasks/{self.invitation}"
        until(lambda: outside.api("GET", task).status == 200, what="the task")


def erase(stack: Stack, address: str) -> Answer:
    headers = {
        "Authorization": f"Bearer {key_with(stack, Scope.PEOPLE_WRITE)}",
        "Content-Type": "application/json",
    }
    body = json.dumps({"email": address}).encode()
    return call("POST", f"{stack.api}/v1/people/erasures", body, headers)


def told_of(stack: Stack, name: str) -> list[str]:
    """Keys of the items, and log lines, in which the person stands."""
    pages = (
        stack.aws("dynamodb").get_paginator("scan").paginate(TableName=stack.outputs["TableName"])
    )
    items = [unpack(raw) for page in pages for raw in page["Items"]]
    logs = stack.aws("logs")
    lines = [
        event["message"]
        for group in logs.describe_log_groups()["logGroups"]
        for event in logs.filter_log_events(logGroupName=group["logGroupName"])["events"]
    ]
    found = [(item["PK"], str(item)) for item in items] + [(line, line) for line in lines]
    return [what for what, text in found if name in text.lower()]


def test_a_person_who_answered_is_nowhere_after_an_erasure(stack: Stack, outside: Outside) -> None:
    # Short names stand by chance in ids.
    wanda = Person(outside, "wandasdotter")
    assert told_of(stack, wanda.name)
    before = outside.scores()["responses"]
    receipt = erase(stack, wanda.address)
    assert (receipt.status, receipt.json["state"]) == (200, "done"), receipt.text
    assert {receipt.json["erased"][name] for name in ("invitations", "responses", "tasks")} == {1}
    assert told_of(stack, wanda.name) == []
    assert outside.scores()["responses"] == before - 1
    assert outside.api("GET", f"/v1/tasks/{wanda.invitation}").status == 404
    assert open_page(wanda.link).status == 404


def test_the_hourly_job_finishes_what_was_cut_off_under_its_own_role(
    stack: Stack, outside: Outside
) -> None:
    ylva = Person(outside, "ylvasdotter")
    table = DynamoTable(stack.aws("dynamodb"), stack.outputs["TableName"])
    person = InvitationStore(table).get(ylva.invitation).person
    begun = PeopleStore(table).begin(person, moments.now())
    done = stack.aws("lambda").invoke(FunctionName="heed-forget", Payload=b"{}")
    assert "FunctionError" not in done, done["Payload"].read()
    assert PeopleStore(table).erasure(begun.id).state == "done"
    assert told_of(stack, ylva.name) == []
