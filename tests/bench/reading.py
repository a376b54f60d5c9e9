"""A score read from its counts, beside the same score counted again from its answers."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from msgspec.structs import replace

from chalicelib import keys
from chalicelib.aws.clients import client
from chalicelib.listed import Listing
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.items import response_to_item
from chalicelib.responses.response import Answer, answered
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item
from tests.functional.conftest import Heed
from tests.support import volumes
from tests.support.capacity import Meter
from tests.support.samples import SURVEY, invitation

# One in the default range, one in the 90 days before it, one in the year before.
DAYS = ("2026-10-06", "2026-07-14", "2025-05-13")
EVERY_DAY = [(date(2025, 11, 1) + timedelta(days=one)).isoformat() for one in range(385)]
RANGES = {
    "default, 90 days by week": "",
    "a year by month": "?from=2025-11-01&to=2026-11-01&interval=month",
    "by=region, 3 values": "?by=region",
}
SIZES = (10**2, 10**4, 10**6)
PAGE = 10_000  # more than the 1 MB that DynamoDB gives at once
TIMES = 3


@dataclass(frozen=True)
class Cost:
    calls: int
    items: int
    units: float
    cpu_s: float


def reads(heed: Heed) -> dict[str, dict[str, Cost]]:
    """By range and then by how many answers there are."""
    surveys = {f"{size:,}": _counted(f"size-{size}", size, DAYS) for size in SIZES}
    surveys[f"{SIZES[-1]:,} on every day"] = _counted("every", SIZES[-1], EVERY_DAY)
    return {
        name: {size: _cost(_read(heed, one, query)) for size, one in surveys.items()}
        for name, query in RANGES.items()
    }


def recounts() -> dict[int, Cost]:
    """Every answer read, a page at a time. Of a million by arithmetic: a hundred times ten
    thousand."""
    found = {}
    for size in SIZES[:2]:
        survey = replace(SURVEY, id=f"raw-{size}")
        volumes.put_all(_answer(survey, number) for number in range(size))
        found[size] = _cost(partial(_recount, survey.id), times=0)
    last = found[SIZES[1]]
    times = SIZES[2] // SIZES[1]
    found[SIZES[2]] = Cost(
        last.calls * times, last.items * times, last.units * times, last.cpu_s * times
    )
    return found


def _counted(name: str, answers: int, days: Sequence[str]) -> Survey:
    survey = replace(SURVEY, id=name, segments=["region"])
    surveys_wiring.surveys().put(survey)
    volumes.count(survey, answers, days)
    volumes.count_the_rest(survey, answers, days)
    return survey


def _read(heed: Heed, survey: Survey, query: str) -> Callable[[], None]:
    def read() -> None:
        answer = heed.call("GET", f"/v1/surveys/{survey.id}/scores{query}")
        assert answer.status_code == 200, answer.body

    return read


def _cost(action: Callable[[], None], times: int = TIMES) -> Cost:
    """Of one run; the time is that of the fastest, and some more may be run for it."""
    with Meter(client("dynamodb")).running() as meter:
        first = _seconds(action)
    return Cost(
        calls=len(meter.calls),
        items=sum(call.items for call in meter.calls),
        units=sum(call.units for call in meter.calls),
        cpu_s=min([first, *(_seconds(action) for _ in range(times))]),
    )


def _seconds(action: Callable[[], None]) -> float:
    started = time.process_time()
    action()
    return time.process_time() - started


def _answer(survey: Survey, number: int) -> Item:
    now = datetime(2026, 10, 6, 12, tzinfo=UTC) + timedelta(seconds=number)
    asked = invitation(f"{survey.id}-{number}", survey=survey.id, segments=("region=Network",))
    said = Answer(number % 11, "Solved in one call, thank you.")
    return response_to_item(answered(asked, None, said, f"{number:012x}", "2026-10-06", now))


def _recount(survey: str) -> None:
    """As cheaply as it can be: from the index, and eventually consistent."""
    store = responses_wiring.responses()
    counts: dict[int, int] = {}
    place: str | None = None
    while True:
        found = store.page(Listing(keys.responses_of(survey)), PAGE, place)
        for one in found.responses:
            counts[one.score or 0] = counts.get(one.score or 0, 0) + 1
        place = found.next
        if place is None:
            return
