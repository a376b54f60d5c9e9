"""Insights as a manager's program reads them."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import erase_response
from chalicelib.scores.insights import silent_accounts
from tests.functional.conftest import Heed
from tests.support.accounts import answered, asked
from tests.support.problems import problem
from tests.support.samples import SURVEY
from tests.support.scores import count

INSIGHTS = f"/v1/surveys/{SURVEY.id}/insights"


def test_what_stands_out_is_told_in_sentences_with_their_numbers(heed: Heed) -> None:
    last_month = moments.now().day + 5
    count(SURVEY.id, [30] + [0] * 6 + [40, 0, 0, 70], ago=last_month)
    count(
        SURVEY.id, [30] + [0] * 6 + [10, 0, 0, 10], segment="organization=Network", ago=last_month
    )
    found = heed.call("GET", INSIGHTS).json_body
    assert found["to"] == moments.now().date().replace(day=1).isoformat(), "the month that is over"
    assert [one["rule"] for one in found["items"]] == ["segment_gap"]
    item = found["items"][0]
    assert (item["numbers"]["responses"], item["numbers"]["responses_of_others"]) == (50, 90)
    assert 'Of organization "Network" the score was lower' in item["says"]


def test_a_survey_that_nobody_answered_says_so(heed: Heed) -> None:
    found = heed.call("GET", INSIGHTS + "?from=2026-01-01&to=2026-02-01").json_body
    assert (found["survey"], found["from"], found["to"]) == (SURVEY.id, "2026-01-01", "2026-02-01")
    assert [one["rule"] for one in found["items"]] == ["too_few"]


def test_the_same_insights_are_not_sent_twice(heed: Heed) -> None:
    tag = heed.call("GET", INSIGHTS).headers["ETag"]
    assert heed.call("GET", INSIGHTS, If_None_Match=tag).status_code == 304


def test_insights_refuse_what_scores_refuse(heed: Heed) -> None:
    assert problem(heed.call("GET", INSIGHTS + "?sort=score")) == (400, "ranking-refused")
    assert problem(heed.call("GET", INSIGHTS + "?agent=x")) == (400, "employee-score-refused")
    assert problem(heed.call("GET", INSIGHTS + "?by=team")) == (400, "comparison-refused")
    assert problem(heed.call("GET", INSIGHTS + "?by=organization")) == (422, "validation")
    assert heed.call("GET", "/v1/surveys/none/insights").status_code == 404
    key = heed.make_key(Scope.TASKS_READ)
    assert problem(heed.call("GET", INSIGHTS, key=key)) == (403, "scope-missing")


@pytest.fixture
def acme(heed: Heed) -> Heed:
    """Three contacts, one of whom left, of a survey's own audience."""
    account = {"name": "Acme", "audience": "internal"}
    assert heed.call("PUT", "/v1/accounts/acme", account).status_code == 200
    for name in ("anna", "bo", "cy"):
        body = {"email": f"{name}@acme.example.com", "left": name == "cy"}
        assert heed.call("PUT", f"/v1/accounts/acme/contacts/{name}", body).status_code == 200
    return heed


def recent() -> str:
    today = moments.now().date()
    first, end = today - timedelta(days=60), today + timedelta(days=1)
    return f"{INSIGHTS}?from={first.isoformat()}&to={end.isoformat()}"


def silent(heed: Heed) -> list[dict[str, Any]]:
    found = heed.call("GET", recent()).json_body
    return [one["numbers"] for one in found["items"] if one["rule"] == "silent_account"]


def test_an_account_that_was_asked_and_never_answered_is_named(acme: Heed) -> None:
    assert silent(acme) == [], "nobody was asked"
    made = asked("anna")
    assert silent(acme)[0].items() >= {"account": "Acme", "contacts": 2, "asked": 1}.items()
    asked("bo", moments.now() - timedelta(days=100))
    assert silent(acme)[0]["asked"] == 1, "the other was asked before the range"
    answered(made, 3)
    assert silent(acme) == []


def test_accounts_are_named_to_a_key_that_may_read_them(acme: Heed) -> None:
    asked("anna")
    assert silent(acme)
    scores = acme.make_key(Scope.SCORES_READ)
    told = acme.call("GET", recent(), key=scores).json_body["items"]
    assert "silent_account" not in {one["rule"] for one in told}


def test_who_left_or_had_an_answer_erased_is_no_silence(acme: Heed) -> None:
    asked("cy")
    made = asked("anna")
    answered(made, 3)
    erase_response(made.id, "erase", moments.now(), responses_wiring.record_needs())
    assert silent(acme) == []


def test_accounts_of_another_audience_are_kept_apart(acme: Heed) -> None:
    acme.call("PUT", "/v1/accounts/acme", {"name": "Acme", "audience": "external"})
    asked("anna")
    assert silent(acme) == []


def test_when_too_many_were_asked_that_is_said(acme: Heed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silent_accounts, "MOST", 3)
    for days in range(4):
        asked("anna", moments.now() - timedelta(days=days + 1))
    items = acme.call("GET", recent()).json_body["items"]
    assert [one["rule"] for one in items] == ["accounts_unread", "too_few", "period_open"]
