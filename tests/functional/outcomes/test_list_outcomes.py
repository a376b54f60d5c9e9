"""Outcomes are listed, and what waits is told."""

from typing import Any

import pytest

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from tests.functional.conftest import Heed
from tests.support.outcomes import (
    OUTCOMES,
    account,
    answered,
    asked,
    before,
    mail,
    record,
    report,
    told,
)
from tests.support.problems import problem


def listed(heed: Heed, query: str = "kind=referral", **more: Any) -> list[str]:
    answer = heed.call("GET", f"{OUTCOMES}?{query}", **more)
    assert answer.status_code == 200, answer.body
    return [item["id"] for item in answer.json_body["items"]]


def three(heed: Heed) -> None:
    account(heed, "acme", "anna")
    for name, days in (("old", 30), ("new", 10), ("mid", 20)):
        happened_at = moments.to_text(before(days))
        whom = {"account": "acme"} if name == "mid" else {"email": mail("anna")}
        record(heed, told(id=name, happened_at=happened_at) | whom)


def test_outcomes_of_a_kind_are_listed_the_last_first(heed: Heed) -> None:
    three(heed)
    assert listed(heed) == ["new", "mid", "old"]
    assert listed(heed, "kind=churn") == []
    assert problem(heed.call("GET", OUTCOMES)) == (422, "validation")


def test_a_list_is_chosen_from_by_account_person_and_time(heed: Heed) -> None:
    three(heed)
    person = heed.call("GET", f"{OUTCOMES}/old").json_body["person"]
    assert listed(heed, "kind=referral&account=acme") == ["mid"]
    assert listed(heed, f"kind=referral&person={person}") == ["new", "old"]
    span = f"from={moments.to_text(before(21))}&to={moments.to_text(before(11))}"
    assert listed(heed, f"kind=referral&{span}") == ["mid"]


def test_a_time_at_an_end_of_the_calendar_is_one_too(heed: Heed) -> None:
    three(heed)
    span = "from=0001-01-01T00:00:00%2B14:00&to=9999-12-31T23:59:59-14:00"
    assert listed(heed, f"kind=referral&{span}") == ["new", "mid", "old"]


def test_pages_follow_one_another(heed: Heed) -> None:
    three(heed)
    first = heed.call("GET", f"{OUTCOMES}?kind=referral&limit=2").json_body
    assert listed(heed, f"kind=referral&limit=2&cursor={first['next']}") == ["old"]
    elsewhere = heed.call("GET", f"{OUTCOMES}?kind=churn&cursor={first['next']}")
    assert elsewhere.status_code == 409


def test_a_person_is_looked_for_by_whoever_may_know_people(heed: Heed) -> None:
    three(heed)
    person = heed.call("GET", f"{OUTCOMES}/old").json_body["person"]
    key = heed.make_key(Scope.OUTCOMES_READ)
    assert listed(heed, key=key) == ["new", "mid", "old"]
    answer = heed.call("GET", f"{OUTCOMES}?kind=referral&person={person}", key=key)
    assert answer.status_code == 403


def test_a_referral_that_waits_for_its_window_is_told(heed: Heed) -> None:
    answered("anna", 9, days=20)
    record(heed, told(email=mail("anna"), happened_at=moments.to_text(before(5))))
    found = report(heed)
    assert (found["waiting"], found["left_out"]["pending"], found["of_nobody_here"]) == (1, 1, 0)
    none = "No other referral of the people in these rows is known in their time to watch."
    assert none in found["notes"]
    waits = "1 referral is told of and waits: of people whose time to watch has not ended."
    assert waits in found["notes"]


def test_what_is_not_known_is_told_in_whole_sentences(heed: Heed) -> None:
    notes = report(heed, "churn")["notes"]
    none = "No case of churn of the people in these rows is known in their time to watch."
    assert none in notes
    assert report(heed, "churn")["waiting"] == 0


@pytest.mark.parametrize(
    ("kind", "ids", "sentence"),
    [
        ("referral", ["one"], "1 referral is of people who are in no row."),
        ("churn", ["one"], "1 case of churn is of people who are in no row."),
        ("churn", ["one", "two"], "2 cases of churn are of people who are in no row."),
    ],
)
def test_what_is_known_of_others_is_told(
    heed: Heed, kind: str, ids: list[str], sentence: str
) -> None:
    reason = {"reason": "price"} if kind == "churn" else {}
    for name in ids:
        record(heed, told(kind, id=name, email=mail("stranger")) | reason)
    found = report(heed, kind)
    assert found["of_nobody_here"] == len(ids)
    assert sentence in found["notes"]
    assert not any("is known in this period" in note for note in found["notes"])


def test_a_share_of_the_rows_is_told_as_one(heed: Heed) -> None:
    asked("silvia")
    record(heed, told(id="hers", email=mail("silvia")))
    of_all = "100.00 % of all referrals came from people who did not answer (1 of 1)."
    assert of_all in report(heed)["notes"]
    record(heed, told(id="a-stranger-s", email=mail("stranger")))
    of_rows = of_all.replace("referrals", "referrals in these rows")
    assert of_rows in report(heed)["notes"]


def test_one_answer_is_told_in_the_singular(heed: Heed) -> None:
    answered("anna", 9)
    assert any("together: 1 answer, 0 with and" in note for note in report(heed)["notes"])


def test_what_happened_before_an_answer_does_not_wait(heed: Heed) -> None:
    answered("anna", 9, days=20)
    record(heed, told(email=mail("anna"), happened_at=moments.to_text(before(40))))
    assert report(heed)["waiting"] == 0
