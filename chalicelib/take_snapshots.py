"""Counts once a day, and again after an erasure, what would cost more with every invitation if
it were counted when somebody asks: outcomes, and accounts that are silent."""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final, TypeVar

from msgspec import Struct

from chalicelib import moments, wiring
from chalicelib.errors import OutOfTime, Unavailable, WriteRefused
from chalicelib.logs import log_failure, logger
from chalicelib.outcomes import snapshot as outcomes
from chalicelib.outcomes import wiring as outcomes_wiring
from chalicelib.outcomes.count_people import CountPeopleNeeds
from chalicelib.scores.insights import snapshot as silence
from chalicelib.scores.insights import wiring as insights_wiring
from chalicelib.scores.insights.silent_accounts import SilentAccountsNeeds
from chalicelib.snapshots import SnapshotStore
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey

T = TypeVar("T")
# In seconds. By then the indexes show no more what was erased before the count began.
REST_S: Final = 5
# Time that is left for the last page and for the write.
MARGIN_MS: Final = 60_000


class TakeSnapshotsNeeds(Struct, frozen=True):
    snapshots: SnapshotStore
    surveys: Callable[[], Iterable[Survey]]
    people: CountPeopleNeeds
    accounts: SilentAccountsNeeds
    rest: Callable[[], None]
    is_time_up: Callable[[], bool]


class Taken(Struct):
    """Surveys, by what became of them. `outrun`: they were outdated meanwhile, so nothing was
    written, and the next run counts again."""

    taken: int = 0
    outrun: int = 0
    failed: int = 0


def run_snapshots(context: Any) -> None:
    """Safe to run twice: what was counted today is not counted again. Raises Unavailable when it
    failed on something, so that it rings."""

    def is_time_up() -> bool:
        return bool(context.get_remaining_time_in_millis() < MARGIN_MS)

    done = take_snapshots(moments.now(), _needs(is_time_up))
    counts = {"taken": done.taken, "outrun": done.outrun, "failed": done.failed}
    logger().info("snapshots", extra=counts)
    if done.failed:
        raise Unavailable


def take_snapshots(now: datetime, needs: TakeSnapshotsNeeds) -> Taken:
    done = Taken()
    stale = [survey for survey in needs.surveys() if _is_stale(survey, now, needs.snapshots)]
    if not stale:
        return done
    outdated = needs.snapshots.outdated()
    needs.rest()
    for survey in stale:
        try:
            _take(survey, now, outdated, needs)
            done.taken += 1
        except WriteRefused:
            done.outrun += 1
        except Exception as error:  # whatever it is, it is this survey's; the others go on
            log_failure("snapshot", error)
            done.failed += 1
    return done


def _is_stale(survey: Survey, now: datetime, snapshots: SnapshotStore) -> bool:
    """All snapshots of a survey are written together. Only of named surveys there are any."""
    if survey.is_sealed:
        return False
    kept = snapshots.get(survey.id, silence.NAME)
    today = moments.day_in(now, survey.tz)
    return kept is None or moments.day_in(kept.as_of, survey.tz) != today


def _take(survey: Survey, now: datetime, outdated: int, needs: TakeSnapshotsNeeds) -> None:
    def in_time(found: Iterable[T], *_: str) -> Iterator[T]:
        for item in found:
            if needs.is_time_up():
                raise OutOfTime
            yield item

    results = outcomes.results_of(survey, now, in_time, needs.people)
    results[silence.NAME] = silence.result_of(survey, now, in_time, needs.accounts)
    needs.snapshots.put(survey.id, results, now, outdated)


def _needs(is_time_up: Callable[[], bool]) -> TakeSnapshotsNeeds:
    return TakeSnapshotsNeeds(
        snapshots=SnapshotStore(wiring.table()),
        surveys=surveys_wiring.surveys().every,
        people=outcomes_wiring.count_people_needs(),
        accounts=insights_wiring.silent_accounts_needs(),
        rest=lambda: time.sleep(REST_S),
        is_time_up=is_time_up,
    )
