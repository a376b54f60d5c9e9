"""Ways from a person to their answer that need `people:read`."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.known_people import BEGIN, SURVEYS, KnownPeople
from tests.support.problems import problem

RESPONSES = f"{SURVEYS}/responses"


def test_a_contact_does_not_tell_whether_they_answered(people: KnownPeople, key: str) -> None:
    people.contact("anna")
    before = contact_of(people, key)
    people.answered("anna", 2)
    assert contact_of(people, key) == before


def contact_of(people: KnownPeople, key: str) -> Any:
    answer = people.heed.call("GET", "/v1/accounts/acme/contacts", key=key).json_body
    return {name: part for name, part in answer.items() if name != "since"}


def test_an_account_of_one_contact_does_not_tell_whether_they_answered(
    people: KnownPeople, key: str
) -> None:
    people.contact("anna")
    people.asked("anna")
    path = f"{SURVEYS}/insights?from=2026-10-01"
    found = people.heed.call("GET", path, key=key).json_body["items"]
    assert "silent_account" not in {insight["rule"] for insight in found}


def test_an_invitation_leads_to_no_answer_and_no_task(people: KnownPeople, key: str) -> None:
    made = people.has_task("anna", hours=1)
    for method, path in (
        ("GET", f"/v1/tasks/{made}"),
        ("PATCH", f"/v1/tasks/{made}"),
        ("PATCH", f"{RESPONSES}/{made}"),
    ):
        body = {"state": "open"} if "tasks" in path else {"state": "counted"}
        answer = people.heed.call(method, path, body if method == "PATCH" else None, key)
        assert problem(answer) == (404, "not-found")
    shown = people.heed.call("GET", RESPONSES, key=key).json_body["items"][0]["id"]
    assert shown != made
    assert people.heed.call("GET", f"/v1/invitations/{shown}", key=key).status_code == 404


def test_an_answer_and_its_task_have_one_id_that_works(people: KnownPeople, key: str) -> None:
    people.hold(people.has_task("anna", hours=1))
    (held,) = people.heed.call("GET", f"{RESPONSES}?state=held", key=key).json_body["items"]
    decided = people.heed.call("PATCH", f"{RESPONSES}/{held['id']}", {"state": "counted"}, key)
    assert decided.json_body["id"] == held["id"]
    task = people.heed.call("GET", f"/v1/tasks/{held['id']}", key=key).json_body
    assert (task["id"], task["response"]["score"]) == (held["id"], 2)
    said = {"state": "closed", "cause": "Wi-Fi"}
    closed = people.heed.call("PATCH", f"/v1/tasks/{held['id']}", said, key).json_body
    assert (closed["id"], closed["cause"]) == (held["id"], "Wi-Fi")


def test_an_outcome_that_is_told_of_a_person_moves_no_table(people: KnownPeople, key: str) -> None:
    answer = people.heed.call("GET", f"{SURVEYS}/outcomes?kind=referral", key=key)
    assert problem(answer) == (403, "scope-missing")


@pytest.mark.parametrize("flag", ["unsubscribed", "bounced", "complained"])
def test_who_may_not_be_mailed_is_not_told(people: KnownPeople, key: str, flag: str) -> None:
    people.mark("anna", flag)
    ask = {"email": "anna@acme.example.com", "ticket": people.ticket("anna")}
    links = people.heed.call("POST", f"{SURVEYS}/links", ask, key).json_body
    assert links["warning"] is None
    asked = people.heed.call("POST", f"{SURVEYS}/invitations", ask, key).json_body
    assert (asked["status"], asked["reason"]) == ("suppressed", None)
    assert people.told("GET", f"/v1/invitations/{asked['id']}")["reason"] == flag
    assert people.told("POST", f"{SURVEYS}/links", ask)["warning"] == flag


def test_the_links_of_a_ticket_do_not_tell_whether_it_was_answered(
    people: KnownPeople, key: str
) -> None:
    ask = {"email": "anna@acme.example.com", "ticket": people.ticket("anna")}
    people.asked("anna")
    before = people.heed.call("POST", f"{SURVEYS}/links", ask, key).json_body
    people.answered("anna", 2, "Slow.", hours=1)
    assert people.heed.call("POST", f"{SURVEYS}/links", ask, key).json_body == before
    path = f"/v1/invitations/{before['id']}"
    shown = people.heed.call("GET", path, key=key).json_body
    assert not shown.keys() & {"person", "response", "score", "answered_at"}


def test_the_zone_of_the_days_moves_only_for_who_sees_people(people: KnownPeople, key: str) -> None:
    survey = people.told("GET", SURVEYS)
    moved = survey | {"tz": "Asia/Tokyo"}
    assert people.heed.call("PUT", SURVEYS, moved, key).status_code == 200
    people.answered("anna", 9)
    assert problem(people.heed.call("PUT", SURVEYS, survey, key)) == (403, "scope-missing")
    assert people.heed.call("PUT", SURVEYS, moved | {"name": "Desk"}, key).status_code == 200
    assert people.told("PUT", SURVEYS, survey)["tz"] == survey["tz"]


def test_a_task_is_due_and_overdue_by_days(people: KnownPeople, key: str) -> None:
    made = people.has_task("anna", hours=3)  # due after 24 hours, at noon
    (item,) = [item for item in people.heed.items("TASK") if item["id"] == made]
    people.set(item, overdue=True)
    people.clock.move_to(BEGIN + timedelta(hours=30))
    (task,) = people.heed.call("GET", "/v1/tasks", key=key).json_body["items"]
    assert (task["created_at"], task["due_at"]) == ("2026-11-20", "2026-11-21")
    assert task["overdue"] is False
    people.clock.move_to(BEGIN + timedelta(hours=40))
    (task,) = people.heed.call("GET", "/v1/tasks", key=key).json_body["items"]
    assert task["overdue"] is True
