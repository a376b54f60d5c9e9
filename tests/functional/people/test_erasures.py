"""A person is erased over the API and by the operator: nothing tells of them any more."""

import io
from typing import Any

import pytest
from typer.testing import CliRunner

import app
from chalicelib import keys
from chalicelib.api_keys.api_key import Scope
from chalicelib.mail.handlers import record_mail_event
from chalicelib.mail.send import INVITATION
from chalicelib.people import wiring as people_wiring
from chalicelib.publish import events_of
from infra import cli
from tests.functional.conftest import BALLOTS, TABLE, Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.filling import filled_in
from tests.support.problems import problem
from tests.support.recount import contradictions, recounted, tallied
from tests.support.storm import ASKED, EMAIL, MARKS, SURVEYED, Storm

ERASURES = "/v1/people/erasures"
OF_HER = {"email": EMAIL}


@pytest.fixture
def storm(heed: Heed) -> Storm:
    return Storm(heed)


def test_after_a_storm_nothing_tells_of_her_but_the_tombstone(
    heed: Heed, storm: Storm, log_lines: io.StringIO
) -> None:
    storm.happens()
    assert len(storm.told()) >= 15
    answer = heed.call("POST", ERASURES, OF_HER)
    assert answer.status_code == 200, answer.body
    assert storm.told() == [keys.person(storm.person)]
    facts = {"id": "event", "occurred_at": "now"}
    events = [event for item in heed.stored() for event in events_of(facts, {}, item)]
    told = (str(events) + log_lines.getvalue() + str(answer.json_body)).lower()
    assert not [mark for mark in (*MARKS, storm.person) if mark.lower() in told]


def test_the_receipt_counts_what_went_and_is_shown_again(heed: Heed, storm: Storm) -> None:
    storm.happens()
    answer = heed.call("POST", ERASURES, OF_HER)
    receipt = answer.json_body
    assert (receipt["state"], receipt["done_at"]) == ("done", receipt["asked_at"])
    went = {name: count for name, count in receipt["erased"].items() if name != "visits"}
    assert went == {
        "invitations": 3,
        "responses": 1,
        "comments": 1,
        "tasks": 1,
        "notes": 2,
        "reminders": 1,
        "follow_ups": 1,
        "mail_ids": 2,
        "ledger": 3,
        "directory": 1,
        "stopped": 0,
        "contacts": 1,
        "teams": 1,
        "served": 0,
        "members": 0,
        "typed": 0,
        "outcomes": 1,
        "unfindable": 0,
    }
    assert heed.call("POST", ERASURES, {"person": storm.person}).json_body == receipt
    assert heed.call("GET", answer.headers["Location"]).json_body == receipt


def test_the_counts_go_with_her_and_the_feed_tells_of_it(heed: Heed, storm: Storm) -> None:
    answered = storm.happens()
    heed.call("POST", ERASURES, OF_HER)
    items = heed.stored()
    assert tallied(items) == recounted(items) == {}
    assert contradictions(items) == []
    (change,) = heed.items("CHANGE")
    assert change["PK"] == f"CHANGE#{answered}"
    assert heed.call("GET", f"/v1/tasks/{answered}").status_code == 404


def test_her_link_gives_the_one_page_and_writes_nothing(heed: Heed, storm: Storm) -> None:
    path = storm.path(storm.happens())
    page = heed.http.get(f"{path}/9")
    heed.call("POST", ERASURES, OF_HER)
    before = heed.stored()
    late = heed.post_form(path, filled_in(page, 9, "once more"))
    wrong = heed.post_form("/r/wrong", {"score": 9})
    assert (late.status_code, late.body) == (404, wrong.body)
    assert heed.stored() == before


def test_what_comes_late_asks_mails_and_stores_nothing(heed: Heed, storm: Storm) -> None:
    again = storm.happens()
    storm_mails = len(storm.mailer.sent)
    heed.call("POST", ERASURES, OF_HER)
    for headers in ({"Idempotency_Key": "one"}, {}):
        made = heed.call("POST", f"{SURVEYED}/invitations", ASKED, **headers).json_body
        assert (made["status"], made["reason"]) == ("suppressed", "erased")
        assert made["ticket"] is None
        storm.mail(INVITATION, made["id"])
    bounced(again, "wanda-free-1")
    assert storm.told() == [keys.person(storm.person)]
    assert len(storm.mailer.sent) == storm_mails


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", f"{SURVEYED}/links", ASKED | {"ticket": {"id": "new"}}),
        ("PUT", "/v1/accounts/fjordline/contacts/c8", OF_HER),
        ("POST", "/v1/outcomes", {"kind": "referral", "happened_at": "2026-11-01T00:00:00Z"}),
    ],
)
def test_nobody_can_put_her_back(
    heed: Heed, storm: Storm, method: str, path: str, body: dict[str, Any]
) -> None:
    storm.happens()
    heed.call("POST", ERASURES, OF_HER)
    refused = heed.call(method, path, OF_HER | body)
    assert refused.status_code == 409
    assert refused.json_body["errors"][0]["code"] == "person_erased"
    assert storm.told() == [keys.person(storm.person)]


def test_a_file_of_contacts_tells_which_row_is_of_somebody_erased(heed: Heed) -> None:
    heed.call("PUT", "/v1/accounts/fjordline", {"name": "Fjordline"})
    heed.call("POST", ERASURES, OF_HER)
    file = f"contact,email\nc1,olav@example.com\nc2,{EMAIL}\n".encode()
    path = "/v1/accounts/fjordline/contacts/imports"
    done = heed.call("POST", path, file, Content_Type="text/csv").json_body
    assert [row["status"] for row in done["results"]] == ["stored", "refused"]
    assert done["results"][1]["errors"][0]["code"] == "person_erased"


@pytest.mark.parametrize("body", [{}, {"email": EMAIL, "person": "a" * 26}, {"person": "x"}])
def test_one_person_is_named_in_one_way(heed: Heed, body: dict[str, str]) -> None:
    assert problem(heed.call("POST", ERASURES, body)) == (422, "validation")


def test_erasing_is_a_scope_of_its_own(heed: Heed) -> None:
    others = heed.make_key(*(set(Scope) - {Scope.PEOPLE_WRITE}))
    for method, path, body in (
        ("POST", ERASURES, OF_HER),
        ("GET", f"{ERASURES}/abc", None),
        ("DELETE", f"{SURVEYED}/responses/abc", None),
    ):
        assert heed.call(method, path, body, key=others).status_code == 403


def test_what_took_too_long_is_finished_within_the_hour(
    heed: Heed, storm: Storm, monkeypatch: pytest.MonkeyPatch
) -> None:
    storm.happens()
    left = iter([1.0, 1.0])
    sound = people_wiring.erase_person_needs
    short = lambda time_left: sound(lambda: next(left, 0.0))  # noqa: E731
    monkeypatch.setattr("chalicelib.people.wiring.erase_person_needs", short)
    answer = heed.call("POST", ERASURES, OF_HER)
    assert (answer.status_code, answer.json_body["state"]) == (202, "running")
    monkeypatch.setattr("chalicelib.people.wiring.erase_person_needs", sound)
    app.forget({}, Clock(900_000))
    assert heed.call("GET", answer.headers["Location"]).json_body["state"] == "done"
    assert storm.told() == [keys.person(storm.person)]


def test_the_operator_erases_by_address_or_id(
    heed: Heed, storm: Storm, monkeypatch: pytest.MonkeyPatch
) -> None:
    storm.happens()
    monkeypatch.setattr(cli, "target_of", lambda stage: None)
    monkeypatch.setattr(cli, "outputs", lambda target: outputs())
    first = CliRunner().invoke(cli.commands, ["erase", "--person", EMAIL])
    assert first.exit_code == 0, first.output
    assert "3 invitations" in first.output
    assert storm.told() == [keys.person(storm.person)]
    again = CliRunner().invoke(cli.commands, ["erase", "--person", storm.person])
    assert again.output.splitlines()[-1] == first.output.splitlines()[-1]
    assert CliRunner().invoke(cli.commands, ["erase", "--person", "nobody"]).exit_code == 1


def outputs() -> dict[str, str]:
    names = {"TokenKeys": "token-keys", "PersonKey": "person-key", "HookSecrets": "hook-secrets"}
    return {"TableName": TABLE, "BallotTable": BALLOTS, **names}


def bounced(invitation: str, message: str) -> None:
    tags = {"invitation": [invitation], "kind": ["invite"]}
    mail = {"messageId": message, "tags": tags}
    detail = {"mail": mail, "bounce": {"bounceType": "Permanent"}}
    record_mail_event({"detail-type": "Email Bounced", "detail": detail})
