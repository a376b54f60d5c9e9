"""Outcomes, and the scores that stand beside them."""

import csv
import io
from datetime import timedelta

import pytest

from chalicelib import moments
from chalicelib.outcomes import report as outcome_report
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import erase_response, new_operation
from tests.functional.conftest import Heed
from tests.support.outcomes import (
    REPORT,
    account,
    answered,
    asked,
    before,
    mail,
    record,
    report,
    row,
    told,
)
from tests.support.problems import problem
from tests.support.samples import SURVEY


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
    erase_response(invitation, new_operation(now), now, responses_wiring.record_needs())
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
