"""The hourly job: who was asked long ago is forgotten, and a failure rings."""

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine

import app
from chalicelib import moments
from chalicelib.errors import Unavailable
from chalicelib.people.store import PeopleStore
from tests.functional.conftest import Heed
from tests.functional.house.test_tick_and_aside import Clock
from tests.support.recount import recounted, tallied
from tests.support.storm import MARKS, SURVEYED, Storm

HOUR = Clock(900_000)


@pytest.fixture
def long_after(heed: Heed) -> Any:
    """Two years and some days after a storm."""
    Storm(heed).happens()
    with time_machine.travel(moments.now() + timedelta(days=740), tick=True) as clock:
        yield clock


def test_by_default_two_years_later_only_scores_and_words_are_left(
    heed: Heed, long_after: Any, log_lines: io.StringIO
) -> None:
    app.forget({}, HOUR)
    for item in heed.stored():
        if item["SK"] in ("INVITE", "RESPONSE", "TASK"):
            assert not item.keys() & {"person", "email", "name", "ticket", "note", "locale"}
    (said,) = heed.call("GET", f"{SURVEYED}/responses").json_body["items"]
    assert (said["score"], said["comment"]) == (2, "waited nine days")
    assert (said["person"], said["ticket"]) == (None, None)
    assert tallied(heed.stored()) == recounted(heed.stored())
    told = log_lines.getvalue()
    assert '"invitations":3' in told
    assert not [mark for mark in MARKS if mark in told]


def test_a_survey_says_how_long_it_keeps_them(heed: Heed) -> None:
    path = SURVEYED
    survey = heed.call("GET", path).json_body
    assert survey["keep_days"] == 730
    assert heed.call("PUT", path, survey | {"keep_days": 60}).json_body["keep_days"] == 60
    for wrong in (59, 3651, None, "60"):
        assert heed.call("PUT", path, survey | {"keep_days": wrong}).status_code == 422


def test_a_failure_rings(
    heed: Heed, long_after: Any, monkeypatch: pytest.MonkeyPatch, log_lines: io.StringIO
) -> None:
    def broken(self: PeopleStore, invitation_id: str) -> None:
        raise KeyError(MARKS[0])

    monkeypatch.setattr(PeopleStore, "case", broken)
    with pytest.raises(Unavailable):
        app.forget({}, HOUR)
    assert '"failed":3' in log_lines.getvalue()
    assert MARKS[0] not in log_lines.getvalue()
