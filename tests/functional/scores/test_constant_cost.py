"""What a number costs to read: by range and segments, never by how many answered.

DynamoDB reads by the item and by 4 KB. Equal are therefore the calls and the items at any
size, and the units wherever the sizes touch the same counts of the same days, as here. A
count grows by a byte for every two digits, and a day on which one person answered has fewer
fields than one on which all points were given: the last tests hold how far that goes.
"""

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib import moments, wiring
from chalicelib.aws import clients
from chalicelib.invitations.items import to_item
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.tally.tally import tally_writes
from tests.functional.conftest import Heed
from tests.functional.responses.pages.test_tap import PHONE
from tests.support import volumes
from tests.support.capacity import Call, Meter, size_of
from tests.support.filling import SEEN
from tests.support.recount import tallied
from tests.support.samples import SURVEY, invitation, put_invitation

# One in the default range, one in the 90 days before it, one in the year before.
DAYS = ("2026-10-06", "2026-07-14", "2025-05-13")
SHARDS = 4
SCORES = {
    "default range": "scores",
    "a year by month": "scores?from=2025-11-01&to=2026-11-01&interval=month",
    "by quarter": "scores?from=2025-10-01&to=2026-10-01&interval=quarter",
    "against the baseline": "scores?compare=baseline",
    "by group": "scores?by=region",
    "one group": "scores?segment=region%3DNetwork",
    "a year by month and group": "scores?from=2025-11-01&to=2026-11-01&interval=month&by=region",
    "some fields": "scores?fields=score,response_rate",
}
QUESTIONS = SCORES | {"causes": "causes?from=2026-01-01", "judged": "judged?from=2026-01-01"}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 20, 13, 0, tzinfo=UTC), tick=False):
        yield


def survey_of(number: int, **changes: Any) -> Survey:
    """The names are of one length: a key's bytes are read as well."""
    made = replace(SURVEY, **{"id": f"survey-{number}", "segments": ["region"], **changes})
    surveys_wiring.surveys().put(made)
    return made


def cost(
    heed: Heed, survey: Survey, question: str, status: int = 200, **headers: str
) -> list[Call]:
    with Meter(clients.client("dynamodb")).running() as meter:
        answer = heed.call("GET", f"/v1/surveys/{survey.id}/{question}", **headers)
    assert answer.status_code == status, answer.body
    calls = [
        dataclasses.replace(
            call, partitions=tuple(one.replace(survey.id, "*") for one in call.partitions)
        )
        for call in meter.calls
    ]
    return sorted(calls, key=repr)  # those that run together have no order


def costs(heed: Heed, survey: Survey) -> dict[str, list[Call]]:
    found = {name: cost(heed, survey, question) for name, question in QUESTIONS.items()}
    tag = heed.call("GET", f"/v1/surveys/{survey.id}/scores").headers["ETag"]
    return found | {"not modified": cost(heed, survey, "scores", 304, If_None_Match=tag)}


def responses(heed: Heed, survey: Survey) -> int:
    path = f"/v1/surveys/{survey.id}/scores?from=2025-01-01"
    return int(heed.call("GET", path).json_body["responses"])


def test_a_number_costs_the_same_after_a_hundred_and_after_a_million_answers(heed: Heed) -> None:
    sizes = {10**2: survey_of(2), 10**4: survey_of(4), 10**6: survey_of(6)}
    for answers, survey in sizes.items():
        volumes.count(survey, answers, DAYS)
        volumes.count_the_rest(survey, answers, DAYS)
    shown = {one: responses(heed, survey) for one, survey in sizes.items()}
    assert shown == {one: one for one in sizes}
    hundred, ten_thousand, million = (costs(heed, survey) for survey in sizes.values())
    assert ten_thousand == hundred
    assert million == hundred


def test_the_counts_written_here_are_those_that_real_answers_leave(heed: Heed) -> None:
    real, counted = survey_of(1), survey_of(2)
    volumes.answer(wiring.table(), real, 35, DAYS)
    volumes.count(counted, 35, DAYS)
    left: dict[str, Any] = {real.id: {}, counted.id: {}}
    for (survey, *cell), counts in tallied(heed.stored()).items():
        left[survey][tuple(cell)] = counts
    assert left[real.id]
    assert left[real.id] == left[counted.id]


def test_numbers_are_read_from_counts_alone_and_by_key(heed: Heed) -> None:
    survey = survey_of(1)
    volumes.answer(wiring.table(), survey, 3, DAYS)
    read = [call for calls in costs(heed, survey).values() for call in calls]
    assert {call.operation for call in read} == {"GetItem", "Query"}
    assert {call.index for call in read} == {None}
    kinds = {one.partition("#")[0] for call in read for one in call.partitions}
    assert kinds == {"KEY", "SURVEY", "SHARDS", "TALLY", "MONTHS"}


def test_each_open_shard_is_one_query_more_for_each_of_a_quiet_survey(heed: Heed) -> None:
    quiet, busy = survey_of(1), survey_of(2)
    volumes.count(quiet, 10**6, DAYS)
    volumes.count(busy, 10**6, DAYS, shards=SHARDS)
    before, after = costs(heed, quiet), costs(heed, busy)
    assert responses(heed, busy) == 10**6 // SHARDS * SHARDS
    for name, calls in before.items():
        expected = Counter(one for call in calls for one in call.partitions)
        found = Counter(_first_shard(one) for call in after[name] for one in call.partitions)
        for partition, times in expected.items():
            is_counted = partition.startswith(("TALLY#", "MONTHS#"))
            assert found[partition] == times * (SHARDS if is_counted else 1), (name, partition)


def _first_shard(partition: str) -> str:
    is_counted = partition.startswith(("TALLY#", "MONTHS#"))
    return f"{partition[:-2]}00" if is_counted else partition


@pytest.mark.parametrize("question", ["scores", "insights", "responses", "judged"])
def test_what_settles_is_counted_and_costs_no_reader_anything(heed: Heed, question: str) -> None:
    survey = survey_of(1, counts="tap")
    volumes.answer(wiring.table(), survey, 4, DAYS)
    _touch_on_a_phone(heed, survey, "waits 0")
    few = cost(heed, survey, question)
    for number in range(1, 3):
        _touch_on_a_phone(heed, survey, f"waits {number}")
    assert cost(heed, survey, question) == few
    shown = heed.call("GET", f"/v1/surveys/{survey.id}/scores").json_body
    assert (shown["settling"], shown["responses"]) == (3, 4)
    assert shown["as_of"] == "2026-11-20T13:00:00.000Z"


def test_the_most_that_a_day_can_cost_is_known() -> None:
    """Of answers: each point given a million times is a fourteenth of 4 KB. So 90 days are at
    most 7 units a shard, and the months of a year are one."""
    everything = {f"c{point}": 1_234_567 for point in range(11)}
    everything |= dict.fromkeys(
        ("n", "nc", "praise", "asked", "answered", "answered_in_7d"), 12_345_678
    )
    (day, month) = tally_writes("s" * 64, {("all", "2026-10-06"): everything}, 15)
    for write in (day, month):
        assert size_of({**write.key.as_item(), **write.add}) <= 4096 // 14


def test_a_full_range_costs_what_its_days_cost(heed: Heed) -> None:
    """Every day has answers here. Digits grow: that is all that differs."""
    days = [(date(2026, 5, 25) + timedelta(days=one)).isoformat() for one in range(180)]
    sizes = survey_of(4), survey_of(9)
    for survey, answers in zip(sizes, (10**4, 10**9), strict=True):
        volumes.count(survey, answers, days)
    few, many = (cost(heed, survey, "scores") for survey in sizes)
    assert [(one.partitions, one.items) for one in few] == [
        (one.partitions, one.items) for one in many
    ]
    assert 90 < sum(one.items for one in few) < 200
    assert sum(one.units for one in many) <= sum(one.units for one in few) + 3


def test_insights_cost_the_same_after_a_hundred_and_after_a_million_answers(heed: Heed) -> None:
    sizes = {10**2: survey_of(2), 10**4: survey_of(4), 10**6: survey_of(6)}
    for answers, survey in sizes.items():
        volumes.count(survey, answers, DAYS)
        volumes.count_the_rest(survey, answers, DAYS)
    question = "insights?from=2025-11-02&to=2026-11-02"
    hundred, ten_thousand, million = (cost(heed, one, question) for one in sizes.values())
    assert ten_thousand == hundred
    assert million == hundred
    kinds = {one.partition("#")[0] for call in million for one in call.partitions}
    assert kinds == {"KEY", "SURVEY", "SHARDS", "TALLY", "MONTHS", "SNAPSHOT", "ACCOUNTS"}


def test_benchmarks_cost_by_the_survey_whatever_the_number_of_answers(heed: Heed) -> None:
    def calls() -> list[Call]:
        with Meter(clients.client("dynamodb")).running() as meter:
            assert heed.call("GET", "/v1/benchmarks").status_code == 200
        return sorted(meter.calls, key=repr)

    surveys = [survey_of(number) for number in (1, 2)]
    for survey in surveys:
        volumes.count(survey, 10**2, DAYS)
    hundred = calls()
    for survey in surveys:
        volumes.count(survey, 10**6, DAYS)
    assert calls() == hundred
    survey_of(3)
    more = len(calls()) - len(hundred)
    assert 0 < more <= len(hundred) / len(surveys)


def _touch_on_a_phone(heed: Heed, survey: Survey, name: str) -> None:
    """It waits ten minutes before it counts."""
    now = moments.now()
    asked = invitation(name, survey=survey.id, sent_at=now, expires_at=now + timedelta(days=9))
    asked = replace(asked, segments=())
    put_invitation(wiring.table(), asked)
    made = to_item(asked)
    page = heed.http.get(f"/r/{heed.token(made)}/3", headers={"User-Agent": PHONE})
    (nonce,) = re.findall(r'name="nonce" value="([^"]+)"', page.body.decode())
    for kind in ("hello", "dwell"):
        body = json.dumps({"nonce": nonce, "type": kind, **SEEN, "touch": True}).encode()
        headers = {"User-Agent": PHONE, "Content-Type": "text/plain"}
        heed.http.post(f"/r/{heed.token(made)}/evidence", headers=headers, body=body)
