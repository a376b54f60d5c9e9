"""What the use cases of responses need."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from chalicelib import wiring
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.ballots.cast import CastNeeds
from chalicelib.errors import LinkRejected
from chalicelib.metrics import put_metric
from chalicelib.responses import tap
from chalicelib.responses.judge.of_ballot import rule
from chalicelib.responses.judged import Terms
from chalicelib.responses.monitor import Observation
from chalicelib.responses.receipt import ByReceiptNeeds
from chalicelib.responses.record import RecordNeeds
from chalicelib.responses.store import ResponseStore
from chalicelib.responses.tap import TapNeeds
from chalicelib.retry import no_limit
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.tally import wiring as tally_wiring


def responses() -> ResponseStore:
    return ResponseStore(wiring.table())


def record_needs(time_left: Callable[[], float] = no_limit) -> RecordNeeds:
    return RecordNeeds(responses(), wiring.pause, tally_wiring.shards().for_try, time_left)


def tap_needs(survey: Survey, time_left: Callable[[], float] = no_limit) -> TapNeeds:
    terms = Terms(survey.tz, survey.scale, survey.trial)
    return TapNeeds(record_needs(time_left), terms, watch)


def by_receipt_needs() -> ByReceiptNeeds:
    return ByReceiptNeeds(
        ballots_wiring.receipt_needs(), record_needs(), ballots_wiring.conversations()
    )


def cast_needs(survey: Survey, time_left: Callable[[], float] = no_limit) -> CastNeeds:
    return ballots_wiring.cast_needs(survey.id, rule, time_left)


def watch(seen: Observation) -> None:
    put_metric(seen.name, seen.value, seen.dimensions)


def settle(response_id: str, now: datetime, time_left: Callable[[], float] = no_limit) -> None:
    """Of an invitation without a response too: its page may have reported something."""
    invitation, response = responses().invitation_and_response(response_id)
    asked = response or invitation
    if asked:
        needs = tap_needs(surveys_wiring.catalogue().get(asked.survey), time_left)
        with suppress(LinkRejected):  # it was erased
            tap.settle(response_id, now, needs)
