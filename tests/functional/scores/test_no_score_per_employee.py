"""No score per employee, for nobody: whatever a help desk tells of who served, nothing of it
is stored, counted or told. (What the API offers is compared elsewhere.)"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from chalicelib.events import EVENTS, TaskHandedOn, TaskOpened
from chalicelib.names_of_work import names_who_served
from chalicelib.notify.effects.handlers import plan_effects
from chalicelib.publish import events_of
from chalicelib.table import Item
from tests.functional.conftest import Heed
from tests.functional.helpdesks.test_hooks import changed, deliver
from tests.support.filling import PRESSED, filled_in
from tests.support.recount import tallied
from tests.support.samples import SURVEY

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
# (name, address, number in the help desk): who solved the tickets of this week.
SERVED = [
    ("Tomas Reyes", "tomas.reyes@example.org", "77001"),
    ("Aiko Brandt", "aiko.brandt@example.org", "77002"),
    ("Noor Lindqvist", "noor.lindqvist@example.org", "77003"),
]
SCORES = (2, 9, 10, 5, 7, 10, 0)
COUNTS = re.compile(
    r"c\d+|n|nc|praise|asked|answered(_in_7d)?|opened|closed|fixed|cause\|(Wi-Fi|Ordering form)"
    r"|(settling|held|counted)\|\w+\|(scanned|consumer|unknown)"  # what the judge did
    r"|overdue|touched|(touched|closed)_in_time|(touched|closed)\|(hours|worked)\|\d+"  # of tasks
    r"|fixed\|(Wi-Fi|Ordering form)"
)
SEGMENTS = re.compile(r"all|~loop|~course|group=IT Service Desk|organization=Example Manufacturing")


@pytest.fixture
def week(heed: Heed) -> Iterator[Heed]:
    with time_machine.travel(MONDAY, tick=False) as clock:
        for day, score in enumerate(SCORES):
            one_ticket(heed, f"day-{day}", SERVED[day % len(SERVED)], score)
            clock.shift(timedelta(days=1))
        set_goals(heed)
        close_tasks(heed)
        yield heed


def one_ticket(heed: Heed, name: str, served: tuple[str, str, str], score: int) -> None:
    """Solved, told with every word for who solved it that a help desk may use, answered."""
    person, address, number = served
    told = {"name": person, "email": address, "id": number}
    words = dict.fromkeys(("assignee", "agent", "resolved_by", "current_user", "owner"), told)
    body: dict[str, Any] = changed(
        ticket__id=f"ticket-{name}", requester__email=f"person-{name}@example.com"
    )
    body |= words | {"assignee_name": person, "agent_email": address, "segments": {"agent": person}}
    # The ticket takes no address, and drops what else it is told of it.
    for word, served_by in words.items():
        refused = {**body, "ticket": body["ticket"] | {word: served_by}}
        assert deliver(heed, refused, delivery=f"{word}-{name}").status_code == 422
    body["ticket"] |= {"via": told, "tags": person, "external_id": number}
    body["ticket"] |= {"assignee_id": number, "solved_by": person}
    answer = deliver(heed, body, delivery=f"delivery-{name}")
    assert answer.status_code == 202
    (item,) = [one for one in heed.items("INVITE") if one["id"] == answer.json_body["id"]]
    path = f"/r/{heed.token(item)}"
    form = filled_in(heed.open(path), score, "It was slow." if score < 7 else "Quick.")
    assert heed.post_form(path, form | PRESSED).status_code == 200
    event = {"detail": {"id": f"event-{name}", "response": item["id"]}}
    plan_effects(event)


def set_goals(heed: Heed) -> None:
    for body in (
        {"metric": "score", "target": 50, "by": "2027-03-31"},
        {"metric": "response_rate", "target": 0.5, "by": "2027-03-31"},
    ):
        goal = heed.call("POST", f"/v1/surveys/{SURVEY.id}/goals", body)
        assert goal.status_code == 201


def close_tasks(heed: Heed) -> None:
    for place, task in enumerate(heed.items("TASK")):
        cause = ("Wi-Fi", "Ordering form")[place % 2]
        change = {"state": "closed", "cause": cause, "fixed": place % 3 == 0}
        assert heed.call("PATCH", f"/v1/tasks/{task['id']}", change).status_code == 200


def names_in(value: Any) -> Iterator[str]:
    """Every attribute's name, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from names_in(inner)
    if isinstance(value, list):
        for inner in value:
            yield from names_in(inner)


def events(items: list[Item]) -> list[str]:
    """What each item would tell the bus when it is made, and when it changes."""
    facts = {"id": "event", "occurred_at": "2026-11-20T00:00:00.000Z"}
    told = [event for item in items for event in events_of(facts, {}, item)]
    for item in items:
        before = {**item, "version": 0, "status": "waiting", "state": "open"}
        told += events_of(facts, before, item)
    return [one.model_dump_json() for one in told]


def test_a_week_of_tickets_leaves_no_trace_and_no_count_of_who_solved_them(
    week: Heed,
) -> None:
    items = week.stored()
    assert {item["PK"].partition("#")[0] for item in items} >= {
        *("INVITE", "RESPONSE", "TASK", "FOLLOWUP", "TALLY", "MONTHS", "GOALS", "PERSON"),
    }
    told = events(items)
    assert len(told) > len(SCORES)
    for text in (json.dumps(items, default=str), *told):
        for part in (part for served in SERVED for part in served):
            assert part.casefold() not in text.casefold()
    names = {name for item in items for name in names_in(item)}
    names -= {"agent"}  # of a visit: the hash of a browser's name
    # Whose a task is, is told beside no score: tests/project/test_nobody_is_ranked.py.
    of_tasks = {event: {"owner"} for event in (TaskOpened, TaskHandedOn)}
    fields = {
        name for event in EVENTS for name in event.model_fields.keys() - of_tasks.get(event, set())
    }
    assert {name for name in names | fields if names_who_served(name)} == set()

    cells = tallied(items)
    answers = [cell["n"] for (_, segment, _), cell in cells.items() if segment == "all"]
    assert sum(answers) == 2 * len(SCORES), "by day and by month"
    assert {segment for _, segment, _ in cells if not SEGMENTS.fullmatch(segment)} == set()
    counted = {field for cell in cells.values() for field in cell}
    assert {field for field in counted if not COUNTS.fullmatch(field)} == set()


def test_no_answer_of_the_api_names_who_served(week: Heed) -> None:
    days = f"from={date(2026, 11, 1)}&to={date(2026, 12, 1)}"
    survey = f"/v1/surveys/{SURVEY.id}"
    for path in (
        f"{survey}/scores?by=segment&{days}",
        f"{survey}/insights?{days}",
        f"{survey}/goals",
        f"{survey}/causes?{days}",
        f"{survey}/loop?{days}",
        f"{survey}/responses",
        "/v1/tasks?state=closed",
        "/v1/benchmarks",
    ):
        answer = week.call("GET", path)
        assert answer.status_code == 200, path
        for part in (part for served in SERVED for part in served):
            assert part not in answer.body.decode(), path
