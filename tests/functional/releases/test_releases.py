"""Sealed surveys are published and closed, by the API and by the hour."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
import time_machine
from msgspec.structs import replace

import app
from chalicelib.api_keys.api_key import Scope
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.errors import Unavailable
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.ballots import ANONYMOUS, CONFIDENTIAL, stored_box
from tests.support.problems import problem
from tests.support.samples import SURVEY

RELEASES, CLOSING = (f"/v1/surveys/{ANONYMOUS.id}/{noun}" for noun in ("releases", "closing"))
MORNING = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=True) as traveller:
        yield traveller


def run() -> None:
    app.release_ballots({}, Clock(900_000))


def test_the_api_publishes_and_tells_nothing_of_what_waits(heed: Heed, clock: Any) -> None:
    stored_box(ANONYMOUS, 23)
    answer = heed.call("POST", RELEASES)
    assert (answer.status_code, answer.json_body) == (200, {"blocks": 1, "answers": 15})
    assert heed.call("POST", RELEASES).json_body == {"blocks": 0, "answers": 0}
    assert len(heed.items("RESPONSE")) == 15


def test_the_api_closes_in_two_calls_a_minute_apart(heed: Heed, clock: Any) -> None:
    stored_box(ANONYMOUS, 12)
    first = heed.call("POST", CLOSING)
    assert (first.status_code, first.json_body) == (202, {"state": "frozen", "counts": None})
    clock.shift(timedelta(seconds=61))
    second = heed.call("POST", CLOSING).json_body
    assert (second["state"], second["counts"]["published"]) == ("closed", 12)
    assert heed.call("POST", CLOSING).json_body == second
    assert ballots_wiring.ballot_keys().find(ANONYMOUS.id) is None


def test_a_named_survey_publishes_nothing(heed: Heed) -> None:
    answer = heed.call("POST", f"/v1/surveys/{SURVEY.id}/releases")
    assert problem(answer) == (409, "does-not-fit")


def test_a_survey_that_asked_nobody_has_nothing_to_close(heed: Heed) -> None:
    surveys_wiring.surveys().put(ANONYMOUS)
    assert heed.call("POST", RELEASES).json_body == {"blocks": 0, "answers": 0}
    assert heed.call("POST", CLOSING).status_code == 404


def test_it_takes_the_scope_that_changes_surveys(heed: Heed) -> None:
    key = heed.make_key(*(scope for scope in Scope if scope is not Scope.SURVEYS_WRITE))
    for path in (RELEASES, CLOSING):
        assert heed.call("POST", path, key=key).status_code == 403


def test_the_hourly_job_waits_for_the_morning_of_the_survey(heed: Heed, clock: Any) -> None:
    stored_box(replace(ANONYMOUS, tz="America/New_York"), 10)
    run()  # three o'clock there
    assert heed.items("RESPONSE") == []
    clock.shift(timedelta(hours=4))
    run()
    assert len(heed.items("RESPONSE")) == 5


def test_the_hourly_job_closes_what_is_over(heed: Heed, clock: Any) -> None:
    stored_box(ANONYMOUS, 10)
    clock.move_to(datetime(2026, 12, 18, 23, 50, tzinfo=UTC))
    run()
    assert len(heed.items("RESPONSE")) == 5
    for hour in (1, 2):
        clock.move_to(datetime(2026, 12, 19, hour, tzinfo=UTC))
        run()
    assert len(heed.items("RESPONSE")) == 10
    assert len(heed.items("CLOSED")) == 1


def test_a_survey_that_fails_holds_up_no_other_and_rings(
    heed: Heed, clock: Any, monkeypatch: pytest.MonkeyPatch, log_lines: io.StringIO
) -> None:
    stored_box(ANONYMOUS, 10)
    stored_box(CONFIDENTIAL, 10)
    keys = ballots_wiring.ballot_keys()
    keys.destroy(ANONYMOUS.id)
    monkeypatch.setattr("chalicelib.wiring.pause", lambda attempt: None)
    with pytest.raises(Unavailable):
        run()
    assert {item["survey"] for item in heed.items("RESPONSE")} == {CONFIDENTIAL.id}
    lines = [json.loads(line) for line in log_lines.getvalue().splitlines()]
    assert [line["failed"] for line in lines if line.get("message") == "released"] == [1]
    assert "word" not in log_lines.getvalue()


def test_no_line_of_a_log_and_no_metric_tells_of_a_ballot(
    heed: Heed, clock: Any, log_lines: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    given = stored_box(ANONYMOUS, 23)
    rows = list(ballots_wiring.ballots().rows(ANONYMOUS.id))
    heed.call("POST", RELEASES)
    run()
    told = log_lines.getvalue() + capsys.readouterr().out
    secrets = [row[name] for row in rows for name in ("salt", "receipt", "SK", "comment")]
    assert not [one for one in (*secrets, *(cast.code for cast in given)) if one in told]


def test_the_secret_holds_three_keys_and_is_gone_for_good(heed: Heed, clock: Any) -> None:
    stored_box(ANONYMOUS, 5)
    client = boto3.client("secretsmanager")
    stored = client.get_secret_value(SecretId=f"heed/ballots/{ANONYMOUS.id}")["SecretString"]
    assert set(json.loads(stored)) == {"mail", "verify", "record"}
    ballots_wiring.ballot_keys().destroy(ANONYMOUS.id)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_secret_value(SecretId=f"heed/ballots/{ANONYMOUS.id}")
