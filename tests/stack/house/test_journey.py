"""The way of one answer on the deployed stack, under IAM enforcement: from a help desk's
trigger to the score, the task and the follow-up."""

import json
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Stack
from tests.support.outside import (
    BROWSER,
    GATEWAY,
    Outside,
    call,
    filled_in,
    open_page,
    post_form,
    press_send,
    until,
)
from tests.support.recount import recounted, tallied

pytestmark = pytest.mark.slow
LINES_OF_A_CALL = 10_000
SAMPLE = json.loads((Path(__file__).parents[2] / "data/zendesk_trigger_rendered.json").read_text())


@pytest.fixture(scope="module")
def outside(stack: Stack) -> Outside:
    return Outside(stack)


def body_for(address: str, ticket: str, language: str = "English") -> dict[str, Any]:
    body: dict[str, Any] = json.loads(json.dumps(SAMPLE["request"]["body"]))
    body["requester"]["email"] = address
    body["requester"]["language"] = language
    body["ticket"]["id"] = ticket
    return body


def stored(stack: Stack) -> list[Any]:
    from chalicelib.aws.table import unpack

    table = stack.outputs["TableName"]
    pages = stack.aws("dynamodb").get_paginator("scan").paginate(TableName=table)
    return [unpack(raw) for page in pages for raw in page["Items"]]


def test_a_fresh_stack_has_a_score_at_once(outside: Outside) -> None:
    found = outside.scores()
    assert found["responses"] > 50
    assert found["reading"] == "steady"
    assert found["nps_interval"]["low"] < found["nps"] < found["nps_interval"]["high"]
    assert 0 < found["response_rate"] < 1


def test_a_fresh_stack_knows_whom_it_asked(outside: Outside) -> None:
    account = {"name": "Made-up people", "audience": "internal"}
    assert outside.api("PUT", "/v1/accounts/made-up", account).status == 200
    path = "/v1/accounts/made-up/contacts"
    body = {"email": "person3@example.com"}
    assert outside.api("PUT", f"{path}/three", body).status == 200
    (contact,) = outside.api("GET", path).json["items"]
    assert contact["standing"] in ("answered", "silent")


def test_from_a_solved_ticket_to_a_score_a_task_and_a_follow_up(
    stack: Stack, outside: Outside
) -> None:
    address = "detractor@example.com"
    before = outside.scores()
    accepted = outside.trigger(body_for(address, "50001"), "delivery-50001")
    assert accepted.status == 202
    invitation = accepted.json["id"]

    (mail,) = outside.wait_for_mails(address)
    source = outside.source_of(mail)
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in source
    assert "Auto-Submitted: auto-generated" in source
    assert "Reply-To: helpdesk@example.com" in source
    assert "48213" not in mail["subject"]
    assert "50001" in mail["subject"]
    links = outside.links_in(mail)
    assert sorted(links) == list(range(11))

    sent = until(
        lambda: outside.api("GET", f"/v1/invitations/{invitation}").json["status"] == "sent"
    )
    assert sent
    for url in links.values():
        assert call("HEAD", url, headers=GATEWAY).status == 200
        assert call("GET", url, headers=GATEWAY).status == 200
    now = outside.scores()
    assert now["distribution"] == before["distribution"]
    assert now["asked"] == before["asked"] + 1

    page = open_page(links[2])
    assert "You chose 2" in page.text
    recorded = press_send(links[2], page.text, 2, "Three people asked me the same.")
    assert "Your 2 is recorded" in recorded.text
    twice = press_send(links[2], page.text, 2, "Three people asked me the same.")
    assert twice.status == 200

    after = outside.scores()
    assert after["responses"] == before["responses"] + 1
    assert after["distribution"]["2"] == before["distribution"]["2"] + 1
    assert after["answered"] == before["answered"] + 1
    assert after["comments"] == before["comments"] + 1

    task = until(lambda: task_of(outside, invitation), what="the task")
    assert task["ticket"]["id"] == "50001"
    assert task["response"]["comment"] == "Three people asked me the same."
    assert task["response"]["score"] == 2
    assert task["due_at"] > task["created_at"]

    # The demo's follow-up waits one minute and is taken by the schedule's own tick.
    follow_up, first = outside.wait_for_mails(address, 2, seconds=200)
    assert first["id"] == mail["id"]
    assert "Three people asked me the same." in outside.html_of(follow_up)

    again = outside.trigger(body_for(address, "50001"), "delivery-50001-again")
    assert (again.status, again.json) == (202, {**accepted.json, "reason": "taken_before"})
    outside.tick()
    assert len(outside.mails_to(address)) == 2
    assert len([one for one in tasks(outside) if one["id"] == invitation]) == 1


def test_a_promoter_is_counted_and_left_in_peace(outside: Outside) -> None:
    address = "promoter@example.com"
    invitation = outside.trigger(body_for(address, "50002"), "delivery-50002").json["id"]
    (mail,) = outside.wait_for_mails(address)
    links = outside.links_in(mail)
    page = open_page(links[10])
    assert "Your 10 is recorded" in press_send(links[10], page.text, 10).text
    outside.tick()
    assert task_of(outside, invitation) is None
    assert len(outside.mails_to(address)) == 1


def test_a_form_that_a_script_sends_is_held_until_an_operator_accepts_it(
    outside: Outside,
) -> None:
    survey = outside.stack.survey
    invitation, links = outside.links_for(survey, "50008")
    before = outside.scores()
    page = call("GET", links[3])  # urllib gives its own name
    answer = post_form(links[3], filled_in(page.text, 3, "Sent by a script."), {})
    assert "Your 3 is not confirmed yet" in answer.text
    (held,) = [found for found in outside.responses(survey, "held") if found["id"] == invitation]
    assert (held["why"], held["score"], held["comment"]) == ("robot", 3, "Sent by a script.")
    shown = outside.scores()
    assert shown["distribution"] == before["distribution"]
    assert shown["answered"] == before["answered"]
    assert task_of(outside, invitation) is None

    path = f"/v1/surveys/{survey}/responses/{invitation}"
    accepted = outside.api("PATCH", path, {"state": "counted"})
    assert (accepted.status, accepted.json["why"]) == (200, "operator")
    assert outside.scores()["distribution"]["3"] == before["distribution"]["3"] + 1
    task = until(lambda: task_of(outside, invitation), what="the task")
    assert task["response"]["comment"] == "Sent by a script."


def test_the_mail_and_its_page_speak_the_requester_s_language(outside: Outside) -> None:
    address = "norsk@example.com"
    outside.trigger(body_for(address, "50007", "Norwegian"), "delivery-50007")
    (mail,) = outside.wait_for_mails(address)
    links = outside.links_in(mail)
    assert sorted(links) == list(range(11))
    assert 'lang="nb"' in outside.html_of(mail)
    # The browser would rather read German; the mail that led here was Norwegian.
    page = call("GET", links[9], headers=BROWSER | {"Accept-Language": "de"})
    assert '<html lang="nb"' in page.text


def test_a_person_who_unsubscribes_by_one_click_is_asked_no_more(outside: Outside) -> None:
    address = "leaver@example.com"
    outside.trigger(body_for(address, "50003"), "delivery-50003")
    (mail,) = outside.wait_for_mails(address)
    source = outside.source_of(mail)
    link = source.partition("List-Unsubscribe: <")[2].partition(">")[0]
    assert call("GET", link).status == 200
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert call("POST", link, b"List-Unsubscribe=One-Click", form).status == 200
    later = outside.trigger(body_for(address, "50004"), "delivery-50004").json["id"]
    shown = outside.api("GET", f"/v1/invitations/{later}").json
    assert (shown["status"], shown["reason"]) == ("suppressed", "unsubscribed")


def test_the_printed_curl_sends_a_survey(outside: Outside) -> None:
    asked = {"email": "you@example.com", "name": "You"}
    made = outside.api("POST", f"/v1/surveys/{outside.stack.survey}/invitations", asked)
    assert made.status == 201
    # The demo's team is mailed about tasks, too.
    mails = partial(outside.mails_to, "you@example.com")
    assert until(lambda: [mail for mail in mails() if outside.links_in(mail)])


def test_a_bounce_that_ses_reports_silences_the_person(stack: Stack, outside: Outside) -> None:
    address = "bounced@example.com"
    invitation = outside.trigger(body_for(address, "50005"), "delivery-50005").json["id"]
    outside.wait_for_mails(address)
    sample = Path(__file__).parents[2] / "data/ses/email_bounced_permanent.json"
    event = json.loads(sample.read_text())["event"]
    event["detail"]["mail"]["tags"] = {
        "invitation": [invitation],
        "ses:configuration-set": [stack.outputs["ConfigurationSet"]],
    }
    # The emulator's SES tells nothing, and nobody else may speak as aws.ses: so the rule
    # is asked whether it would match, and its target is called as it would be.
    rules = stack.aws("events").list_rules()["Rules"]
    (rule,) = [rule for rule in rules if "aws.ses" in rule.get("EventPattern", "")]
    matches = stack.aws("events").test_event_pattern(
        EventPattern=rule["EventPattern"], Event=json.dumps(event)
    )
    assert matches["Result"]
    stack.aws("lambda").invoke(FunctionName="heed-record-mail-event", Payload=json.dumps(event))
    later = outside.trigger(body_for(address, "50006"), "delivery-50006").json["id"]
    assert outside.api("GET", f"/v1/invitations/{later}").json["reason"] == "bounced"


@pytest.mark.parametrize(
    ("case", "status"),
    [
        ({"secret": "another"}, 401),
        ({"at": "2026-01-01T00:00:00Z"}, 401),
        ({"body": b"{"}, 400),
        ({"body": b"x" * (256 * 1024 + 1)}, 413),
        ({"body": {"ticket": {"id": "1"}, "requester": {"email": "nobody"}}}, 422),
    ],
)
def test_bad_triggers_are_told_so(outside: Outside, case: dict[str, Any], status: int) -> None:
    answer = outside.trigger(**{"body": body_for("x@example.com", "1"), "delivery": "bad"} | case)
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_ticket_without_an_address_is_told_and_asks_nobody(outside: Outside) -> None:
    answer = outside.trigger({"ticket": {"id": "1"}, "requester": {}}, "no-address")
    assert answer.status == 202
    assert answer.json == {"status": "ignored", "reason": "address_unknown"}


def test_unknown_hooks_and_mangled_links_are_denied(stack: Stack, outside: Outside) -> None:
    assert call("POST", f"{stack.api}/v1/hooks/unheard/x", b"{}").status == 404
    pages = [call("GET", f"{stack.api}/r/{token}") for token in ("x", "a" * 76, "x/11")]
    assert {page.status for page in pages} == {404}
    assert len({page.text for page in pages}) == 1


def test_after_all_this_every_tally_is_its_recount(stack: Stack) -> None:
    items = stored(stack)
    assert tallied(items) == recounted(items)
    assert len([item for item in items if item["SK"] == "RESPONSE"]) > 50


def test_nothing_personal_is_in_any_log(stack: Stack, outside: Outside) -> None:
    logs = stack.aws("logs")
    groups = [group["logGroupName"] for group in logs.describe_log_groups()["logGroups"]]
    lines = [line for group in groups for line in every_line(logs, group)]
    assert any('"view":"take_answer"' in line for line in lines)
    written = "\n".join(lines)
    token = outside.links_in(outside.mails_to("promoter@example.com")[0])[9].split("/")[-2]
    for private in ("example.com", "Solheim", "Three people", "Laptop", token):
        assert private not in written


def every_line(logs: Any, group: str) -> Iterator[str]:
    """A call gives 10,000 at most, and MiniStack no token for the next."""
    since, is_cut = 0, True
    while is_cut:
        events = logs.filter_log_events(logGroupName=group, startTime=since)["events"]
        yield from (event["message"] for event in events)
        is_cut = len(events) == LINES_OF_A_CALL
        since = events[-1]["timestamp"] if is_cut else since


def test_functions_are_held_to_their_roles(stack: Stack) -> None:
    """Under enforcement, the tick's role may not read a secret."""
    request = urllib.request.Request(f"{stack.api}/v1/health")
    assert urllib.request.urlopen(request, timeout=10).status == 200
    roles = stack.aws("iam").list_roles()["Roles"]
    assert len([role for role in roles if "heed" in role["RoleName"].lower()]) >= 7


def tasks(outside: Outside) -> list[Any]:
    items: list[Any] = outside.api("GET", "/v1/tasks?limit=100").json["items"]
    return items


def task_of(outside: Outside, invitation: str) -> Any:
    return next((task for task in tasks(outside) if task["id"] == invitation), None)
