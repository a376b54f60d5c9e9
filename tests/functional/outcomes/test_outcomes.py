"""Outcomes through the API, and the scores that stand beside them."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from chalicelib import moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.outcomes import report as outcome_report
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY, stored_invitation

OUTCOMES = "/v1/outcomes"
REPORT = f"/v1/surveys/{SURVEY.id}/outcomes"
CSV = {"Content-Type": "text/csv"}


def before(days: int) -> datetime:
    return moments.now() - timedelta(days=days)


def told(kind: str = "referral", **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "happened_at": moments.to_text(before(150)), **fields}


def mail(name: str) -> str:
    return f"{name}@example.com"


def asked(name: str, days: int = 300) -> str:
    person = invitations_wiring.person_of(mail(name))
    at = before(days)
    made = stored_invitation(wiring.table(), name, person=person, created_at=at, sent_at=at)
    return made.id


def answered(name: str, score: int, days: int = 290) -> str:
    invitation = asked(name, days + 1)
    at = before(days)
    record_response(
        invitation, Answer(score), new_operation(at), "UTC", at, responses_wiring.recording()
    )
    return invitation


def record(heed: Heed, body: dict[str, Any], status: int = 201) -> dict[str, Any]:
    answer = heed.call("POST", OUTCOMES, body)
    assert answer.status_code == status, answer.body
    outcome: dict[str, Any] = answer.json_body
    return outcome


def report(heed: Heed, kind: str = "referral", query: str = "") -> dict[str, Any]:
    answer = heed.call("GET", f"{REPORT}?kind={kind}{query}")
    assert answer.status_code == 200, answer.body
    found: dict[str, Any] = answer.json_body
    return found


def row(found: dict[str, Any], group: str) -> dict[str, Any]:
    return next(one for one in found["rows"] if one["group"] == group)


def problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json_body["type"].rpartition(":")[2]


def account(heed: Heed, name: str, *contacts: str, audience: str = "internal") -> None:
    """With contacts of whom we have known for long."""
    heed.call("PUT", f"/v1/accounts/{name}", {"name": name, "audience": audience})
    for contact in contacts:
        path = f"/v1/accounts/{name}/contacts/{contact}"
        with time_machine.travel(before(400), tick=False):
            assert heed.call("PUT", path, {"email": mail(contact)}).status_code == 200


def test_the_client_who_never_answered_yet_refers_others_is_seen(heed: Heed) -> None:
    answered("anna", 10)
    asked("silvia")
    for name in ("one", "two"):
        record(heed, told(email=mail("silvia"), id=f"referral-{name}"))
    found = report(heed)
    silent = row(found, "silent")
    assert (silent["n"], silent["yes"], silent["rate"]) == (1, 1, 1.0)
    assert row(found, "promoter")["yes"] == 0
    assert found["silent_share"] == {"yes": 1, "of": 1, "share": 1.0}
    share = "100.00 % of all referrals came from people who did not answer (1 of 1)."
    assert share in found["notes"]
    assert found["comparisons"]["reading"] == "too_few_to_say"


def test_the_promoter_who_left_because_acquired_stands_apart_from_the_service(heed: Heed) -> None:
    answered("anna", 10)
    answered("ben", 2)
    account(heed, "acme", "anna")
    record(heed, told("churn", account="acme", reason="acquired"))
    record(heed, told("churn", email=mail("ben"), reason="service"))
    found = report(heed, "churn")
    promoter, detractor = row(found, "promoter"), row(found, "detractor")
    assert (promoter["yes"], detractor["yes"]) == (1, 1)
    assert promoter["reasons"]["acquired"] == detractor["reasons"]["service"] == 1
    assert promoter["reasons"]["service"] == detractor["reasons"]["acquired"] == 0
    assert "Among promoters: 1 left, 0 naming the service and 1 acquired." in found["notes"]


def test_an_outcome_of_an_account_counts_for_contacts_of_every_kind(heed: Heed) -> None:
    answered("anna", 9)
    asked("ben")
    account(heed, "acme", "anna", "ben", "carl")
    record(heed, told("renewal", account="acme", happened_at=moments.to_text(before(200))))
    found = report(heed, "renewal")
    groups = ("promoter", "silent", "never_asked")
    assert [(row(found, one)["yes"], row(found, one)["n"]) for one in groups] == [(1, 1)] * 3
    assert (found["of_nobody_here"], found["without_contact"]) == (0, 0)


def test_contacts_of_the_other_audience_are_in_no_row(heed: Heed) -> None:
    account(heed, "outside", "dora", audience="external")
    record(heed, told(account="outside"))
    found = report(heed)
    assert [one["n"] for one in found["rows"]] == [0] * 5
    assert found["of_nobody_here"] == 1


def test_a_contact_is_watched_from_when_we_knew_of_them(heed: Heed) -> None:
    heed.call("PUT", "/v1/accounts/acme", {"name": "Acme", "audience": "internal"})
    heed.call("PUT", "/v1/accounts/acme/contacts/anna", {"email": mail("anna")})
    found = report(heed)
    assert (row(found, "never_asked")["n"], found["left_out"]["pending"]) == (0, 1)


def test_whoever_is_still_watched_is_no_no(heed: Heed) -> None:
    answered("anna", 9, days=100)
    found = report(heed)
    assert (row(found, "promoter")["n"], found["left_out"]["pending"]) == (0, 1)
    found = report(heed, query="&window_days=99")
    assert (row(found, "promoter")["n"], found["left_out"]["pending"]) == (1, 0)


def test_an_answer_that_was_erased_is_left_out(heed: Heed) -> None:
    invitation = answered("anna", 9)
    now = moments.now()
    erase_response(invitation, new_operation(now), now, responses_wiring.recording())
    found = report(heed)
    assert [one["n"] for one in found["rows"]] == [0] * 5
    assert found["left_out"] == {"pending": 0, "erased": 1, "unnamed": 0}


def test_a_ticket_without_an_address_is_nobody(heed: Heed) -> None:
    heed.call("POST", f"/v1/surveys/{SURVEY.id}/links", {"ticket": {"id": "7"}})
    assert report(heed)["left_out"]["unnamed"] == 1


def test_a_range_is_of_the_days_on_which_people_were_asked(heed: Heed) -> None:
    asked("anna", days=300)
    day = before(300).date()
    inside = report(heed, query=f"&from={day}&to={day + timedelta(days=1)}")
    assert row(inside, "silent")["n"] == 1
    outside = report(heed, query=f"&from={day + timedelta(days=1)}")
    assert row(outside, "silent")["n"] == 0


def test_the_table_comes_as_csv_when_it_is_asked_for(heed: Heed) -> None:
    answered("anna", 9)
    record(heed, told("churn", email=mail("anna"), reason="acquired"))
    answer = heed.call("GET", f"{REPORT}?kind=churn", Accept="text/csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(answer.body.decode())))
    groups = ["promoter", "passive", "detractor", "silent", "never_asked"]
    assert [line["group"] for line in lines] == groups
    found = {name: lines[0][name] for name in ("n", "yes", "rate", "reason_acquired")}
    assert found == {"n": "1", "yes": "1", "rate": "1.0", "reason_acquired": "1"}
    assert lines[1]["rate"] == ""
    nothing = heed.call("GET", f"{REPORT}?kind=churn", Accept="application/pdf")
    assert problem(nothing) == (406, "not-acceptable")


def test_another_kind_of_outcome_is_another_table(heed: Heed) -> None:
    asked("anna")
    record(heed, told("renewal", email=mail("anna")))
    assert row(report(heed, "referral"), "silent")["yes"] == 0
    assert row(report(heed, "renewal"), "silent")["yes"] == 1


def test_more_than_can_be_read_is_refused_and_not_cut(
    heed: Heed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome_report, "MOST", 2)
    for name in ("anna", "ben"):
        asked(name)
    assert report(heed)["rows"]
    asked("carl")
    refused = heed.call("GET", f"{REPORT}?kind=referral")
    assert problem(refused) == (409, "does-not-fit")
    assert "Take a shorter range" in refused.json_body["errors"][0]["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kind=praise",
        "kind=churn&window_days=0",
        "kind=churn&window_days=731",
        "kind=churn&from=yesterday",
        "kind=churn&first=2026-02-02",
        "kind=churn&kind=referral",
    ],
)
def test_a_table_that_cannot_be_given_is_refused(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"{REPORT}?{query}")) == (422, "validation")


@pytest.mark.parametrize("days", ["from=2026-02-02&to=2026-02-02", "from=2010-01-01&to=2026-01-01"])
def test_a_table_of_no_days_or_too_many_is_refused(heed: Heed, days: str) -> None:
    assert problem(heed.call("GET", f"{REPORT}?kind=churn&{days}")) == (409, "does-not-fit")


def test_outcomes_are_not_ranked(heed: Heed) -> None:
    assert problem(heed.call("GET", f"{REPORT}?kind=churn&sort=rate")) == (400, "ranking-refused")


def test_an_outcome_is_recorded_shown_and_taken_back(heed: Heed) -> None:
    asked("anna")
    made = heed.call("POST", OUTCOMES, told(email="Anna@Example.com", note="by phone"))
    assert made.status_code == 201
    shown = made.json_body
    assert shown["person"] == invitations_wiring.person_of("anna@example.com")
    assert "example.com" not in str(shown)
    path = made.headers["Location"]
    assert heed.call("GET", path).json_body == shown
    assert row(report(heed), "silent")["yes"] == 1
    assert heed.call("DELETE", path).status_code == 204
    assert row(report(heed), "silent")["yes"] == 0
    for method in ("GET", "DELETE"):
        assert problem(heed.call(method, path)) == (404, "not-found")


def test_the_same_outcome_again_is_the_same_one(heed: Heed) -> None:
    body = told(email=mail("anna"), id="deal-7")
    first = record(heed, body)
    assert record(heed, body | {"email": "ANNA@example.com"}, status=200) == first
    other = heed.call("POST", OUTCOMES, body | {"kind": "renewal"})
    assert problem(other) == (409, "idempotency-key-reused")
    assert len(heed.items("OUTCOME")) == 1


def test_an_idempotency_key_does_for_an_id(heed: Heed) -> None:
    body, again = told(email=mail("anna")), {"Idempotency-Key": "deal-7"}
    first = heed.call("POST", OUTCOMES, body, **again)
    second = heed.call("POST", OUTCOMES, body, **again)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json_body == second.json_body
    other = heed.call("POST", OUTCOMES, body | {"note": "x"}, **again)
    assert problem(other) == (409, "idempotency-key-reused")
    both = heed.call("POST", OUTCOMES, body | {"id": "deal-7"}, **again)
    assert problem(both) == (409, "does-not-fit")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"kind": "praise"}, "#/kind"),
        ({"person": "a" * 26}, "#"),
        ({"email": None}, "#"),
        ({"kind": "churn"}, "#/reason"),
        ({"reason": "service"}, "#/reason"),
        ({"email": None, "person": "anna"}, "#/person"),
        ({"kind": "churn", "reason": "weather"}, "#/reason"),
        ({"happened_at": "2026-01-01"}, "#/happened_at"),
        ({"happened_at": 0}, "#/happened_at"),
        ({"happened_at": "2026-01-01T00:00:00"}, "#/happened_at"),
        ({"happened_at": "2026-01-01 00:00:00Z"}, "#/happened_at"),
        ({"note": "a" * 201}, "#/note"),
        ({"id": "a b"}, "#/id"),
        ({"id": "."}, "#/id"),
        ({"colour": "red"}, "#/colour"),
    ],
)
def test_an_outcome_that_cannot_be_used_is_pointed_at(
    heed: Heed, change: dict[str, Any], pointer: str
) -> None:
    answer = heed.call("POST", OUTCOMES, told(email=mail("anna")) | change)
    assert problem(answer) == (422, "validation")
    assert answer.json_body["errors"][0]["pointer"] == pointer
    assert heed.items("OUTCOME") == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"email": None, "account": "none"}, "#/account"),
        ({"happened_at": "0001-01-01T00:00:00+14:00"}, "#/happened_at"),
        ({"happened_at": "9999-12-31T23:59:59-14:00"}, "#/happened_at"),
    ],
)
def test_an_outcome_whose_parts_do_not_fit_is_pointed_at(
    heed: Heed, change: dict[str, Any], pointer: str
) -> None:
    answer = heed.call("POST", OUTCOMES, told(email=mail("anna")) | change)
    assert problem(answer) == (409, "does-not-fit")
    assert answer.json_body["errors"][0]["pointer"] == pointer
    assert heed.items("OUTCOME") == []


def test_tomorrow_may_be_told_and_the_day_after_not(heed: Heed) -> None:
    now = moments.now()
    ahead = [moments.to_text(now + timedelta(hours=hours)) for hours in (23, 25)]
    assert record(heed, told(email=mail("anna"), happened_at=ahead[0]))
    later = heed.call("POST", OUTCOMES, told(email=mail("anna"), happened_at=ahead[1]))
    assert problem(later) == (409, "does-not-fit")


FILE = """id,kind,email,account,happened_at,reason
deal-1,referral,anna@example.com,,2026-03-01T12:00:00Z,
,renewal,anna@example.com,,2026-03-01T12:00:00Z,
deal-2,churn,,acme,2026-03-01T12:00:00Z,acquired
deal-3,churn,,acme,2026-03-01T12:00:00Z,
deal-4,churn,,none,2026-03-01T12:00:00Z,service
deal-1,renewal,anna@example.com,,2026-03-01T12:00:00Z,
"""


def test_a_file_of_outcomes_tells_of_every_row(heed: Heed) -> None:
    account(heed, "acme", "anna")
    done = heed.call("POST", OUTCOMES, FILE.encode(), **CSV).json_body
    statuses = ["stored", "stored", "stored", "refused", "refused", "refused"]
    assert [one["status"] for one in done["results"]] == statuses
    pointers = [one["errors"][0]["pointer"] for one in done["results"][3:]]
    assert pointers == ["#/reason", "#/account", "#"]
    again = heed.call("POST", OUTCOMES, FILE.encode(), **CSV).json_body
    assert (again["stored"], again["repeated"], again["refused"]) == (0, 3, 3)
    assert len(heed.items("OUTCOME")) == 3


def test_an_id_that_stands_for_something_else_is_refused_in_its_row(heed: Heed) -> None:
    record(heed, told(email=mail("anna"), id="deal-1"))
    account(heed, "acme")
    done = heed.call("POST", OUTCOMES, FILE.encode(), **CSV).json_body
    assert done["results"][0]["errors"][0]["code"] == "id_reused"
    assert done["results"][2]["status"] == "stored"


def test_a_row_whose_fate_is_unknown_is_worth_sending_again(
    heed: Heed, faulty: Any, dynamodb: Any
) -> None:
    account(heed, "acme")
    faulty(dynamodb, {"PutItem": [None, ("lost",), ("lost",)]})
    done = heed.call("POST", OUTCOMES, FILE.encode(), **CSV).json_body
    assert [one["status"] for one in done["results"][:3]] == ["stored", "failed", "stored"]
    again = heed.call("POST", OUTCOMES, FILE.encode(), **CSV).json_body
    assert (again["repeated"], again["stored"]) == (3, 0)


def test_outcomes_want_scopes_of_their_own(heed: Heed) -> None:
    key = heed.make_key(Scope.OUTCOMES_READ)
    assert heed.call("GET", f"{REPORT}?kind=churn", key=key).status_code == 200
    assert problem(heed.call("POST", OUTCOMES, told(), key=key)) == (403, "scope-missing")
    writer = heed.make_key(Scope.OUTCOMES_WRITE)
    assert problem(heed.call("GET", f"{REPORT}?kind=churn", key=writer)) == (403, "scope-missing")


def test_no_log_line_and_no_item_holds_the_address(heed: Heed, log_lines: Any) -> None:
    record(heed, told(email=mail("anna"), note="told by phone"))
    heed.call("POST", OUTCOMES, FILE.encode(), **CSV)
    report(heed)
    assert "anna" not in str(heed.items("OUTCOME"))
    written = log_lines.getvalue()
    assert written
    assert [word for word in ("anna", "@", "phone") if word in written] == []
