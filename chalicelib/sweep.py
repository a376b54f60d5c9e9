"""Finds by night, and when an operator asks, what got stuck, and puts it on its way again: a mail
or a call of a webhook that is queued for too long, an unhappy answer without its task or its
follow-up, a task of which nobody was told, words that were never mailed to their person, a task
whose answer has improved, and what is due for too long. It does what the tick and the consumers do,
which may be done twice."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from msgspec import Struct, field

from chalicelib import keys, moments, wiring
from chalicelib.errors import OutOfTime
from chalicelib.logs import log_failure, logger
from chalicelib.metrics import put_count, put_metric
from chalicelib.notify.effects import handlers as effects_handlers
from chalicelib.notify.effects import wiring as effects_wiring
from chalicelib.notify.effects.plan_effects import missing_effects
from chalicelib.notify.tell_people import tell_if_untold, tell_of_closing
from chalicelib.responses.response import Response
from chalicelib.stuck import (
    changed_answers,
    late_deliveries,
    late_due,
    late_follow_ups,
    late_letters,
    late_mails,
    outlived_tasks,
    put_back,
    told_closings,
    untold_tasks,
)
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item, Put, Table
from chalicelib.tasks.plan import Planned
from chalicelib.tasks.task import Task
from chalicelib.tick import tick, tick_needs

NAMES: Final = {"open_task": "task", "follow_up": "follow-up"}  # of what was found
Mails = list[tuple[str, Item]]
# What is older was looked at in two nights before.
DAYS: Final = 3
# Time that is left for the last page and for the report.
MARGIN_MS: Final = 60_000


class SweepNeeds(Struct, frozen=True):
    """`missing` gives the ids of those of a survey's answers whose plan is not done yet;
    `plan_effects` takes one, and gives what it did. `tell_people` takes an event that may have been
    lost, and gives how many letters it wrote, `tell_of_closing` a task that was closed with words
    for its person, and gives whether it wrote the letter. `release_due` is a tick."""

    table: Table
    surveys: Callable[[], Iterable[Survey]]
    missing: Callable[[Survey, Sequence[Response]], Iterable[str]]
    plan_effects: Callable[[str], Iterable[Planned]]
    tell_people: Callable[[dict[str, Any]], int]
    tell_of_closing: Callable[[Task], bool]
    release_due: Callable[[], object]
    is_time_up: Callable[[], bool]


class Swept(Struct):
    """`found` counts by kind what was put on its way. `failed` counts what could not be."""

    found: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    finished: bool = True


def run_sweep(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Safe to run twice: each write is conditional. `days` in the event looks further back, and
    `hours` less far."""
    now = moments.now()

    def time_left() -> float:
        return float(context.get_remaining_time_in_millis() - MARGIN_MS) / 1000

    swept = sweep(now, _back(event), _needs(now, time_left))
    _tell(swept)
    return {"found": dict(+swept.found), "failed": swept.failed, "finished": swept.finished}


def _back(event: dict[str, Any]) -> timedelta:
    if event.get("hours"):
        return timedelta(hours=int(event["hours"]))
    return timedelta(days=int(event.get("days") or DAYS))


def sweep(now: datetime, back: timedelta, needs: SweepNeeds) -> Swept:
    swept = Swept()
    _each(swept, partial(_release_late, now, swept, needs))
    _each(swept, partial(_put_letters_back, now, swept, needs))
    _each(swept, partial(_sweep_deliveries, now, back, swept, needs))
    _each(swept, partial(_tell_people, now, back, swept, needs))
    _each(swept, partial(_tell_of_closings, now, back, swept, needs))
    for survey in _in_order(needs):
        try:
            _sweep_survey(survey, now, back, swept, needs)
        except OutOfTime:  # the next sweep goes on with this survey
            swept.finished = False
            _keep_place(survey, needs.table)
            return swept
        except Exception as error:  # whatever it is, it is this survey's
            log_failure("sweep", error)
            swept.failed += 1
    return swept


def _in_order(needs: SweepNeeds) -> list[Survey]:
    """From the one on which the last sweep had no more time, and then around."""
    surveys = sorted(needs.surveys(), key=lambda survey: survey.id)
    kept = needs.table.get(keys.sweep())
    place = str(kept["survey"]) if kept else ""
    return sorted(surveys, key=lambda survey: survey.id < place)


def _keep_place(survey: Survey, table: Table) -> None:
    table.write(Put({**keys.sweep().as_item(), "survey": survey.id}))


def _release_late(now: datetime, swept: Swept, needs: SweepNeeds) -> None:
    late = late_due(needs.table, now)
    if late:
        needs.release_due()
        swept.found["due"] += late


def _put_letters_back(now: datetime, swept: Swept, needs: SweepNeeds) -> None:
    for letters in late_letters(needs.table, now):
        _put_back(letters, now, swept, needs)


def _sweep_deliveries(now: datetime, back: timedelta, swept: Swept, needs: SweepNeeds) -> None:
    for deliveries in late_deliveries(needs.table, now, back):
        _put_back(deliveries, now, swept, needs)


def _tell_people(now: datetime, back: timedelta, swept: Swept, needs: SweepNeeds) -> None:
    def tell(event: dict[str, Any]) -> None:
        swept.found["task_letter"] += needs.tell_people(event)

    for event in untold_tasks(needs.table, now, back):
        _stop_in_time(needs)
        _each(swept, partial(tell, event))


def _tell_of_closings(now: datetime, back: timedelta, swept: Swept, needs: SweepNeeds) -> None:
    def tell(task: Task) -> None:
        swept.found["closing"] += needs.tell_of_closing(task)

    for task in told_closings(needs.table, now, back):
        _stop_in_time(needs)
        _each(swept, partial(tell, task))


def _sweep_survey(
    survey: Survey, now: datetime, back: timedelta, swept: Swept, needs: SweepNeeds
) -> None:
    table = needs.table
    for mails in late_mails(table, survey, now, back):
        _put_back(mails, now, swept, needs)
    for changed in changed_answers(table, survey, now, back):
        _put_back(late_follow_ups(table, survey, changed, now), now, swept, needs)
        for response in needs.missing(survey, changed):
            _each(swept, partial(_make_up, response, swept, needs))
        for task in outlived_tasks(table, survey, changed):
            _each(swept, partial(_make_up, task, swept, needs))
            swept.found["improved"] += 1


def _stop_in_time(needs: SweepNeeds) -> None:
    if needs.is_time_up():
        raise OutOfTime


def _each(swept: Swept, work: Callable[[], None]) -> None:
    try:
        work()
    except Exception as error:  # whatever it is, it is this item's; the others go on
        log_failure("sweep", error)
        swept.failed += 1


def _put_back(mails: Mails, now: datetime, swept: Swept, needs: SweepNeeds) -> None:
    def put(kind: str, item: Item) -> None:
        swept.found[kind] += put_back(needs.table, item, now)

    _stop_in_time(needs)
    for kind, item in mails:
        _each(swept, partial(put, kind, item))


def _make_up(response: str, swept: Swept, needs: SweepNeeds) -> None:
    """Not counted where there was a reason, such as an answer without an address."""
    for effect in needs.plan_effects(response):
        swept.found[NAMES.get(effect.do, effect.do)] += 1


def _needs(now: datetime, time_left: Callable[[], float]) -> SweepNeeds:
    def plan_effects(response: str) -> Iterable[Planned]:
        return effects_handlers.plan_effects({"detail": {"id": "sweep", "response": response}})

    def missing(survey: Survey, changed: Sequence[Response]) -> Iterable[str]:
        needs = effects_wiring.plan_effects_needs("sweep")
        found, _ = missing_effects(survey, changed, now, needs)
        return [response for response, effects in found.items() if effects]

    return SweepNeeds(
        table=wiring.table(),
        surveys=surveys_wiring.surveys().every,
        missing=missing,
        plan_effects=plan_effects,
        tell_people=tell_if_untold,
        tell_of_closing=tell_of_closing,
        release_due=lambda: tick(now, tick_needs(time_left)),
        is_time_up=lambda: time_left() <= 0,
    )


def _tell(swept: Swept) -> None:
    facts = {"failed": swept.failed, "finished": swept.finished}
    logger().info("sweep", extra={"found": dict(+swept.found), **facts})
    for kind, count in swept.found.items():
        if count:
            put_count("Swept", count, "kind", kind)
    if swept.failed or not swept.finished:
        put_metric("SweepUnfinished", 1)
