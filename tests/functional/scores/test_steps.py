"""What a number waits for: few calls one after the other, and all others side by side."""

from collections.abc import Iterator

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib.aws import clients
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from tests.functional.conftest import Heed
from tests.support import volumes
from tests.support.samples import SURVEY
from tests.support.steps import Steps

# In whole months, and in the days at the ends of the default range.
DAYS = ("2026-11-10", "2026-10-06", "2026-08-25", "2026-07-14", "2025-05-13")
STEPS = {
    "scores": 4,
    "scores?from=2025-11-01&to=2026-11-01&interval=month": 4,
    "scores?compare=baseline": 4,
    "scores?segment=region%3DNetwork": 4,
    "scores?by=region": 4,
    "scores?by=region&compare=baseline": 4,
    "scores?by=segment": 4,
    "insights": 4,
}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2026-11-20T13:00:00Z", tick=False):
        yield


def survey_of(name: str, shards: int = 1) -> Survey:
    made = replace(SURVEY, id=name, segments=["region", "site"])
    surveys_wiring.surveys().put(made)
    volumes.count(made, 10**4, DAYS, shards, made.segments)
    volumes.count_the_rest(made, 10**4, DAYS)
    return made


def steps_of(heed: Heed, path: str) -> Steps:
    with Steps(clients.client("dynamodb")).running() as steps:
        answer = heed.call("GET", path)
    assert answer.status_code == 200, answer.body
    return steps


@pytest.mark.parametrize("question", STEPS)
@pytest.mark.parametrize("shards", [1, 4])
def test_a_number_is_read_in_few_steps(heed: Heed, question: str, shards: int) -> None:
    survey = survey_of("quiet" if shards == 1 else "busy", shards)
    steps = steps_of(heed, f"/v1/surveys/{survey.id}/{question}")
    assert steps.calls > 4
    assert steps.taken <= STEPS[question]


def test_benchmarks_of_more_surveys_take_no_step_more(heed: Heed) -> None:
    taken = []
    for name in ("one", "two", "three"):
        survey_of(name)
        taken.append(steps_of(heed, "/v1/benchmarks").taken)
    assert taken == [taken[0]] * 3
    assert taken[0] <= 4
