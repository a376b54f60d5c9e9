"""Who answered is shown to a key that may see people, and to no other."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.pages.open_link import Device, record_open_answer
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from tests.support.answers import PATH, Said
from tests.support.samples import SURVEY


def person_of(said: Said, key: str, accept: str = "application/json") -> Any:
    return said.heed.call("GET", PATH, key=key, Accept=accept)


def test_a_name_is_shown_to_a_key_that_may_see_people(said: Said) -> None:
    said.answer("ingrid", 9)
    wanted = said.heed.make_key(Scope.RESPONSES_READ, Scope.PEOPLE_READ)
    (row,) = person_of(said, wanted).json_body["items"]
    assert row["person"]["name"] == "Ingrid Solheim"
    assert row["person"]["email"] == "ingrid@example.com"
    (line,) = csv.DictReader(io.StringIO(person_of(said, wanted, "text/csv").body.decode()))
    assert line["person_email"] == "ingrid@example.com"


@pytest.mark.parametrize("accept", ["application/json", "text/csv", "application/jsonl"])
@pytest.mark.parametrize("since", ["", "?updated_since=2026-01-01"])
def test_without_the_scope_no_answer_has_a_name(said: Said, accept: str, since: str) -> None:
    said.answer("ingrid", 9)
    said.clock.shift(timedelta(minutes=5))
    key = said.heed.make_key(*(set(Scope) - {Scope.PEOPLE_READ}))
    answer = said.heed.call("GET", PATH + since, key=key, Accept=accept)
    assert b"it-help-desk" in answer.body
    assert b"ngrid" not in answer.body


def test_who_answered_by_an_open_link_has_no_name(said: Said) -> None:
    survey = surveys_wiring.surveys().get(SURVEY.id)
    none = Device(None, None, moments.now())
    record_open_answer(survey, Answer(9), (), none, moments.now(), responses_wiring.record_needs())
    assert said.items()[0]["person"] is None
