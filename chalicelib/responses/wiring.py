"""What the use cases of responses need."""

from datetime import datetime

from chalicelib import wiring
from chalicelib.aws.metrics import put_metric
from chalicelib.responses import tap
from chalicelib.responses.monitor import Observation
from chalicelib.responses.record import Recording
from chalicelib.responses.store import ResponseStore
from chalicelib.responses.tap import Taking
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey


def responses() -> ResponseStore:
    return ResponseStore(wiring.table())


def recording() -> Recording:
    return Recording(responses(), wiring.pause, wiring.pick)


def taking(survey: Survey) -> Taking:
    return Taking(recording(), survey.tz, survey.scale, watch)


def watch(seen: Observation) -> None:
    put_metric(seen.name, seen.value, seen.dimensions)


def settle(response_id: str, now: datetime) -> None:
    response = responses().find(response_id)
    if response:
        survey = surveys_wiring.catalogue().get(response.survey)
        tap.settle(response_id, now, taking(survey))
