"""Links for a help desk's own e-mail: handed out, counted as asked, and not mailed."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.notify.effects.handlers import plan_effects
from chalicelib.notify.handlers import send_queued_mail
from chalicelib.publish import events_of
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.filling import PRESSED, filled_in
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY

LINKS = f"/v1/surveys/{SURVEY.id}/links"
INVITATIONS = f"/v1/surveys/{SURVEY.id}/invitations"
TICKET = {"id": "48213", "subject": "Laptop", "url": "https://desk.example.com/48213"}
ASKED = {
    "email": "ingrid.solheim@example.com",
    "name": "Ingrid Solheim",
    "ticket": TICKET,
    "segments": {"group": "Network"},
}


def handed_out(heed: Heed, body: Any = ASKED, **headers: str) -> dict[str, Any]:
    answer = heed.call("POST", LINKS, body, **headers)
    assert answer.status_code == 201, answer.body
    links: dict[str, Any] = answer.json_body
    return links


def path_of(url: str) -> str:
    return url.removeprefix("https://heed.example.com")


def post(heed: Heed, url: str, score: int) -> Any:
    """As a browser does: the page is opened, and its own form is sent."""
    path = path_of(url)
    return heed.post_form(path.rpartition("/")[0], filled_in(heed.open(path), score) | PRESSED)


def test_a_ticket_gets_a_link_for_every_score(heed: Heed) -> None:
    made = handed_out(heed)
    assert [link["score"] for link in made["links"]] == list(range(11))
    for link in made["links"]:
        assert link["url"].startswith("https://heed.example.com/r/")
        page = heed.http.get(path_of(link["url"]))
        assert page.status_code == 200
        assert f'value="{link["score"]}" checked' in page.body.decode()


def test_the_row_is_ready_to_be_put_into_a_mail(heed: Heed) -> None:
    made = handed_out(heed)
    for ready in (made["html"], made["text"]):
        assert [ready.count(link["url"]) >= 1 for link in made["links"]] == [True] * 11
        assert SURVEY.question in ready
        assert "sees your name with your answer." in ready
        assert "ingrid" not in ready.lower()
    assert "<style" not in made["html"]
    assert "<script" not in made["html"]


def test_words_of_a_survey_are_escaped_in_the_row(heed: Heed) -> None:
    hostile = replace(SURVEY, question="<script>alert(1)</script> & so on?")
    surveys_wiring.surveys().put(hostile)
    assert "<script" not in handed_out(heed)["html"]


def test_the_invitation_is_linked_and_counted_as_asked_at_once(heed: Heed) -> None:
    made = handed_out(heed)
    (item,) = heed.items("INVITE")
    assert (item["status"], item["origin"], item["id"]) == ("linked", "tap", made["id"])
    today = moments.now().date().isoformat()
    cells = tallied(heed.stored())
    assert cells == recounted(heed.stored())
    assert cells[(SURVEY.id, "all", today)] == {"asked": 1}
    assert cells[(SURVEY.id, "group=Network", today)] == {"asked": 1}
    shown = heed.call("GET", f"/v1/invitations/{made['id']}").json_body
    assert (shown["status"], shown["sent_at"], shown["reason"]) == ("linked", None, None)
    assert shown["expires_at"] == made["expires_at"]


def test_the_same_ticket_again_is_the_same_row_and_counted_once(heed: Heed) -> None:
    first = handed_out(heed)
    assert handed_out(heed) == first
    assert handed_out(heed, {"ticket": {"id": 48213}}) == first
    assert len(heed.items("INVITE")) == 1
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_another_ticket_or_another_key_is_another_row(heed: Heed) -> None:
    made = [
        handed_out(heed),
        handed_out(heed, ASKED | {"ticket": {"id": "48214"}}),
        handed_out(heed, Idempotency_Key="solved-2"),
        handed_out(heed, Idempotency_Key="solved-3"),
    ]
    assert len({one["id"] for one in made}) == 4
    assert handed_out(heed, Idempotency_Key='"solved-2"') == made[2]
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_an_idempotency_key_with_another_request_is_refused(heed: Heed) -> None:
    handed_out(heed, Idempotency_Key="k1")
    others = [(LINKS, ASKED | {"ticket": {"id": "2"}}), (INVITATIONS, ASKED)]
    for path, body in others:
        again = heed.call("POST", path, body, Idempotency_Key="k1")
        assert again.status_code == 409
        assert again.json_body["type"].endswith("idempotency-key-reused")
    assert len(heed.items("INVITE")) == 1


def test_a_key_taken_by_another_ticket_at_the_same_moment_is_refused(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_out(heed, Idempotency_Key="k1")
    monkeypatch.setattr("chalicelib.web.idempotency.DeliveryStore.find", lambda self, key: None)
    other = ASKED | {"ticket": {"id": "2"}}
    assert heed.call("POST", LINKS, other, Idempotency_Key="k1").status_code == 409
    assert len(heed.items("INVITE")) == 1


def test_nothing_is_mailed_and_no_later_mail_is_throttled(heed: Heed) -> None:
    handed_out(heed)
    later = heed.call("POST", INVITATIONS, ASKED).json_body
    assert later["status"] == "queued"
    assert handed_out(heed, ASKED | {"ticket": {"id": "2"}})["warning"] is None


def test_a_linked_invitation_is_no_event_and_never_sent(heed: Heed) -> None:
    made = handed_out(heed)
    (item,) = heed.items("INVITE")
    facts = {"id": "event-1", "occurred_at": item["created_at"]}
    assert events_of(facts, {}, item) == []
    detail = {"id": "event-1", "invitation": made["id"]}
    body = json.dumps({"detail-type": "InvitationQueued", "detail": detail})
    record = {"messageId": "1", "body": body, "eventSource": "aws:sqs"}
    assert send_queued_mail({"Records": [record]}, None) == {"batchItemFailures": []}
    assert heed.items("INVITE") == [item]
    assert heed.items("MAIL") == []


@pytest.mark.parametrize("flag", ["unsubscribed", "complained", "bounced"])
def test_a_warning_tells_who_asked_for_no_mail(heed: Heed, flag: str) -> None:
    handed_out(heed)
    person = heed.items("INVITE")[0]["person"]
    invitations_wiring.people().mark(person, flag, moments.now())
    assert handed_out(heed, ASKED | {"ticket": {"id": "2"}})["warning"] == flag
    assert handed_out(heed)["warning"] == flag


def test_without_an_address_the_ticket_stands_for_the_person(heed: Heed) -> None:
    handed_out(heed, {"ticket": {"id": "1"}})
    handed_out(heed, {"ticket": {"id": "1"}}, Idempotency_Key="again")
    handed_out(heed, {"ticket": {"id": "2"}})
    people = {item["ticket"]["id"]: set[str]() for item in heed.items("INVITE")}
    for item in heed.items("INVITE"):
        people[item["ticket"]["id"]].add(item["person"])
        assert "email" not in item
    assert [len(found) for found in people.values()] == [1, 1]
    assert people["1"] != people["2"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/ticket"),
        ({"ticket": {}}, "#/ticket/id"),
        ({"ticket": {"id": ""}}, "#/ticket/id"),
        ({"ticket": {"id": "1", "url": "javascript:alert(1)"}}, "#/ticket/url"),
        ({"ticket": {"id": "1"}, "email": "nobody"}, "#/email"),
        ({"ticket": {"id": "1"}, "email": "a@example.com\nBcc: b@example.com"}, "#/email"),
        ({"ticket": {"id": "1"}, "send_at": "2026-11-21T09:00:00Z"}, "#/send_at"),
    ],
)
def test_a_field_that_cannot_be_used_is_pointed_at(
    heed: Heed, body: dict[str, Any], pointer: str
) -> None:
    answer = heed.call("POST", LINKS, body)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json_body["errors"]] == [pointer]
    assert heed.items("INVITE") == []


def test_a_segment_that_the_survey_does_not_have_is_a_conflict(heed: Heed) -> None:
    answer = heed.call("POST", LINKS, {"ticket": {"id": "1"}, "segments": {"team": "x"}})
    assert answer.status_code == 409
    assert [one["pointer"] for one in answer.json_body["errors"]] == ["#/segments/team"]
    assert heed.items("INVITE") == []


def test_only_a_key_that_may_ask_gets_links(heed: Heed) -> None:
    key = heed.make_key(Scope.INVITATIONS_READ, Scope.SURVEYS_WRITE)
    assert heed.call("POST", LINKS, ASKED, key=key).status_code == 403
    assert heed.call("POST", "/v1/surveys/none/links", ASKED).status_code == 404
    assert heed.call("POST", LINKS, b"[]").status_code == 400
    assert heed.items("INVITE") == []


def test_a_lost_answer_of_the_table_counts_once(heed: Heed, faulty: Any) -> None:
    client = wiring.table()._table._client  # type: ignore[attr-defined]
    faulty(client, {"TransactWriteItems": [("lost",), ("lost",)]})
    handed_out(heed)
    assert len(heed.items("INVITE")) == 1
    assert tallied(heed.stored()) == recounted(heed.stored())


def test_an_answer_to_a_link_is_an_answer(heed: Heed) -> None:
    made = handed_out(heed)
    assert post(heed, made["links"][9]["url"], 9).status_code == 200
    (stored,) = heed.items("RESPONSE")
    assert (stored["id"], stored["score"]) == (made["id"], 9)
    assert stored["ticket"]["id"] == "48213"
    assert stored["asked_day"] == moments.now().date().isoformat()
    cells = tallied(heed.stored())
    assert cells == recounted(heed.stored())
    assert cells[(SURVEY.id, "all", stored["day"])]["answered"] == 1


def test_an_unhappy_answer_is_a_task_and_a_mail_only_where_there_is_an_address(
    heed: Heed,
) -> None:
    bodies = [ASKED, {"ticket": {"id": "2"}}]
    for body in bodies:
        made = handed_out(heed, body)
        post(heed, made["links"][2]["url"], 2)
        event = {"detail": {"id": "event-1", "response": made["id"]}}
        plan_effects(event)
    tasks = {item["ticket"]["id"] for item in heed.items("TASK")}
    assert tasks == {"48213", "2"}
    (planned,) = heed.items("FOLLOWUP")
    asked = {item["id"]: item["ticket"]["id"] for item in heed.items("INVITE")}
    assert asked[planned["id"]] == "48213"


def test_the_links_end_with_the_survey_s_days(heed: Heed) -> None:
    made = handed_out(heed)
    ends = moments.from_text(made["expires_at"]) - moments.now()
    assert timedelta(days=29, hours=23) < ends <= timedelta(days=30)


def test_no_address_and_no_ticket_is_logged(heed: Heed, log_lines: io.StringIO) -> None:
    made = handed_out(heed)
    heed.call("POST", LINKS, ASKED | {"email": "nobody"})
    logged = log_lines.getvalue()
    assert '"view":"issue_links"' in logged
    token = made["links"][0]["url"].split("/")[-2]
    for private in ("ingrid", "example.com", "48213", "Laptop", token):
        assert private not in logged


def test_an_api_that_does_not_know_its_name_counts_nobody_as_asked(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HEED_BASE_URL")
    answer = heed.call("POST", LINKS, ASKED, Host="evil.example.com", X_Forwarded_Host="evil")
    assert answer.status_code == 503
    assert heed.items("INVITE") == []
