"""What the use cases of responses need."""

from datetime import datetime

from chalicelib import wiring
from chalicelib.aws.metrics import put_metric
from chalicelib.responses import tap
from chalicelib.responses.monitor import Observation
from chalicelib.responses.record import RecordNeeds
from chalicelib.responses.store import ResponseStore
from chalicelib.responses.tap import TapNeeds
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey


def responses() -> ResponseStore:
    return ResponseStore(wiring.table())


def record_needs() -> RecordNeeds:
    return RecordNeeds(responses(), wiring.pause, wiring.pick)


def tap_needs(survey: Survey) -> TapNeeds:
    return TapNeeds(record_needs(), survey.tz, survey.scale, watch)


def watch(seen: Observation) -> None:
    put_metric(seen.name, seen.value, seen.dimensions)


def settle(response_id: str, now: datetime) -> None:
    response = responses().find(response_id)
    if response:
        survey = surveys_wiring.catalogue().get(response.survey)
        tap.settle(response_id, now, tap_needs(survey))
