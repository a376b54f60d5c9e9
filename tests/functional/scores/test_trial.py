"""A trial survey's numbers say so, and stand beside no other survey."""

import csv
import io
from typing import Any

import pytest

from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.items import definition_of
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY
from tests.support.scores import count

PATH = f"/v1/surveys/{SURVEY.id}"


def put(heed: Heed, **changes: Any) -> Any:
    surveys_wiring.catalogue.cache_clear()
    return heed.call("PUT", PATH, {**definition_of(SURVEY), **changes})


@pytest.mark.parametrize("trial", [True, False])
def test_scores_say_whether_they_are_of_a_trial(heed: Heed, trial: bool) -> None:
    put(heed, trial=trial)
    for query in ("", "?fields=score"):
        assert heed.call("GET", f"{PATH}/scores{query}").json_body["trial"] is trial
    table = heed.call("GET", f"{PATH}/scores", Accept="text/csv").body.decode()
    row = next(csv.DictReader(io.StringIO(table)))
    assert row["trial"].lower() == str(trial).lower()


def test_a_trial_is_in_no_benchmark(heed: Heed) -> None:
    put(heed, trial=True)
    assert heed.call("GET", "/v1/benchmarks").json_body["internal"] == []


@pytest.mark.parametrize("trial", [True, False])
def test_a_survey_with_answers_stays_what_it_is(heed: Heed, trial: bool) -> None:
    put(heed, trial=trial)
    count(SURVEY.id, [1] + [0] * 10)
    refused = put(heed, trial=not trial)
    assert (refused.status_code, refused.json_body["errors"][0]["code"]) == (409, "trial_in_use")
    assert put(heed, trial=trial).status_code == 200
