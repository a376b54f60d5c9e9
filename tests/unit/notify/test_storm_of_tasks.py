"""Five hundred unhappy answers in a minute: each mail once, whatever order the events come in."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from chalicelib import ids, keys, wiring
from chalicelib.notify.about_tasks import HANDED_ON, OPENED
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.letters.task import TaskLetterNeeds, compose_task
from chalicelib.notify.send_letter import SendLetterNeeds, send_letter
from chalicelib.notify.tell_people import tell_people
from chalicelib.publish import events_of
from chalicelib.table import Item
from chalicelib.tasks.change_task import add_task, change_task
from chalicelib.tasks.store import TaskStore
from chalicelib.tasks.task import Change, Task
from chalicelib.teams.store import TeamStore
from chalicelib.teams.team import Member, Team
from tests.support.fakes import FakeTable
from tests.support.mailing import SENDER, FakeMailer, sending
from tests.support.samples import NOW, SURVEY, task_needs

PEOPLE = tuple(
    Member(name, ids.derived_id(name), name, f"{name}@example.com", "member")
    for name in ("kari", "olav")
)
DUE = NOW + timedelta(hours=24)


def open_tasks(table: FakeTable) -> list[str]:
    names = [ids.derived_id("task", str(number)) for number in range(500)]
    for name in names:
        facts = (name, SURVEY.id, "Desk", None, NOW, DUE, "2026-11-20")
        add_task(Task(*facts, team_id="desk", owner="olav"), task_needs(table))
    return names


def told(table: FakeTable, before: dict[str, Item]) -> Iterator[dict[str, Any]]:
    for key, item in list(table.items.items()):
        if key.sk == "TASK" and item != before.get(item["id"]):
            facts = {"id": f"{item['id']}-{item['version']}", "occurred_at": "now"}
            for event in events_of(facts, before.get(item["id"], {}), item):
                yield {"detail-type": event.name, "detail": event.model_dump()}
            before[item["id"]] = dict(item)


def send_all(table: FakeTable, mailer: FakeMailer) -> None:
    needs = TaskLetterNeeds(
        TaskStore(table).get,
        TeamStore(table).find,
        lambda response: None,
        lambda survey: SURVEY,
        lambda: SENDER,
        lambda calendar: (),
    )
    composers = dict.fromkeys(
        (OPENED, HANDED_ON), lambda letter, now: compose_task(letter, now, needs)
    )
    sends = SendLetterNeeds(
        LetterStore(table), composers, lambda person, kind: False, sending(table, mailer)
    )
    for key in list(table.items):
        if key.sk == "LETTER":
            send_letter(keys.id_of(key.pk), NOW, sends)


def test_of_a_storm_each_mail_comes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    table, mailer, before, random = FakeTable(), FakeMailer(), dict[str, Item](), Random(13)
    monkeypatch.setattr(wiring, "table", lambda: table)
    monkeypatch.setattr("chalicelib.moments.now", lambda: NOW)
    TeamStore(table).put(Team("desk", "Desk", PEOPLE), NOW)
    tasks = open_tasks(table)
    events = list(told(table, before))
    for task in random.sample(tasks, 40):
        change_task(task, Change(None, owner="kari"), "key", NOW, task_needs(table))
    events = 2 * (events + list(told(table, before)))
    random.shuffle(events)
    for event in events:
        tell_people(event)
    send_all(table, mailer)
    send_all(table, mailer)
    sent = Counter(mail.tags["letter"] for mail in mailer.sent)
    assert (len(events), len(sent), max(sent.values())) == (1080, 500, 1)
    reasons = Counter(
        item.get("reason") for item in table.items.values() if item.get("kind") == OPENED
    )
    assert reasons == {None: 460, "owner_changed": 40}
