"""A stack with a history, what it shows, and a stack that is empty."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import time_machine
from typer.testing import CliRunner

from chalicelib import keys, moments, wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations.invitation import Status
from chalicelib.invitations.items import later_mail
from chalicelib.notify.effects.handlers import plan_effects
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.judge.facts import Act, Beacon, Client, Gesture, Signal
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Item, Put
from infra import carry_cli, cli
from infra.importing import MARKS
from infra.progress import console
from tests.functional.conftest import BALLOTS, TABLE, Heed, make_table
from tests.support.given_surveys import body_of
from tests.support.samples import SURVEY, put_ledger, stored_invitation
from tests.support.storm import Storm

WALK_IN = "walk-in"
# One time for all looks, after everything that happens and before what settles.
SHOWN_AT = moments.now() + timedelta(minutes=5)
HOME = Client("home", "desktop", marker="cookie")
MOUSE = Gesture("pointermove", 5)
LISTS = (
    "/goals",
    "/causes",
    "/loop",
    "/judged",
    "/responses?limit=100",
    "/responses?state=held",
    "/responses?state=settling",
    "/responses?updated_since=2026-01-01T00:00:00Z",
)
SCORES = ("interval=day", "interval=month", "segment=group%3DNetwork")
HISTORY: list[Item] = []
WORDS = (None, None, "slow", "Very fast, thank you! \u2028 日本語", "=1+1")
OUTPUTS = {
    "TableName": TABLE,
    "TokenKeys": "token-keys",
    "PersonKey": "person-key",
    "BallotTable": BALLOTS,
    "HookSecrets": "hook-secrets",
}


def stormed(heed: Heed) -> None:
    """What happened, in the first test; the same items in the others."""
    if not HISTORY:
        storm(heed, seed=7)
        HISTORY.extend(heed.stored())
    for item in HISTORY:
        wiring.table().write(Put(item))
    surveys_wiring.catalogue.cache_clear()


def storm(heed: Heed, seed: int) -> None:
    """Asks, taps, changes, comments, beacons, tasks, outcomes, goals, an erasure, what is due."""
    heed.call("PUT", f"/v1/surveys/{WALK_IN}", survey_body())
    Storm(heed).happens()
    chance = random.Random(seed)
    for number in range(8):
        for survey in (SURVEY.id, WALK_IN):
            answer_by_chance(f"{survey} {number}", survey, chance)
    settle_later("settling")
    for email in ("erased@example.com", "left@example.com"):
        heed.call("POST", f"/v1/surveys/{SURVEY.id}/invitations", {"email": email})
    heed.call("POST", "/v1/people/erasures", {"email": "erased@example.com"})
    by = (moments.now() + timedelta(days=90)).date().isoformat()
    goal = {"metric": "score", "target": 40, "by": by}
    made = heed.call("POST", f"/v1/surveys/{SURVEY.id}/goals", goal)
    assert made.status_code == 201, made.body
    waits("soon", late=timedelta(hours=-2))


def survey_body() -> dict[str, Any]:
    body = body_of(SURVEY, "id")
    return body | {"name": "Walk-in", "scale": "csat", "question": "How satisfied are you?"}


def answer_by_chance(name: str, survey: str, chance: random.Random) -> None:
    table, now = wiring.table(), moments.now() - timedelta(minutes=10)
    group = chance.choice(("group=Network", "group=Service Desk"))
    when = now - timedelta(days=chance.randrange(40))
    facts = {"survey": survey, "segments": (group,), "created_at": when, "sent_at": when}
    made = stored_invitation(table, name, asked_day=when.date().isoformat(), **facts)
    put_ledger(table, made)
    for _ in range(chance.choice((0, 1, 1, 2))):
        said = Answer(chance.randrange(1, 6), chance.choice(WORDS))
        needs = responses_wiring.record_needs()
        record_response(made.id, said, new_operation(when), "UTC", when, needs)
    if chance.random() < 0.4 and responses_wiring.responses().find(made.id):
        event = {"detail": {"id": "event", "response": made.id}}
        plan_effects(event)


def settle_later(name: str) -> None:
    """A tap that counts in some minutes."""
    made = stored_invitation(wiring.table(), name, created_at=moments.now())
    at = moments.now().timestamp()
    seen = Beacon(at - 2, HOME, "v", 2, Signal.HELLO, gesture=MOUSE)
    pressed = Act(at, HOME, "v", 2, at - 9, "op", trusted=True, gesture=MOUSE, pressed_at=at)
    for fact in (seen, pressed):
        responses_wiring.responses().note(made.id, fact, made.expires_at)


def waits(name: str, late: timedelta, status: Status = Status.WAITING, **facts: Any) -> str:
    """An invitation that is due, or `late` below zero: that will be."""
    due_at = moments.now() - late
    fresh = {"sent_at": None, "asked_day": None, "created_at": due_at} | facts
    when = {"due_at": due_at} if status is Status.WAITING else {}
    return stored_invitation(wiring.table(), name, status=status, **fresh, **when).id


def reminder_waits(name: str, late: timedelta) -> str:
    made = stored_invitation(wiring.table(), name).id
    due_at = moments.now() - late
    key = keys.reminder(made)
    wiring.table().write(Put(later_mail(key, made, SURVEY.id, due_at, due_at)))
    return made


def shown(heed: Heed) -> dict[str, Any]:
    """Every score, task and word, as the API says them."""
    said = shown_of(heed, SURVEY.id) | shown_of(heed, WALK_IN)
    with time_machine.travel(SHOWN_AT, tick=False):
        for path in ("tasks?limit=100", "tasks?state=closed", "accounts", "teams", "surveys"):
            said |= listed(heed, f"/v1/{path}")
        return said | listed(heed, "/v1/accounts/fjordline/contacts")


def shown_of(heed: Heed, survey: str) -> dict[str, Any]:
    said: dict[str, Any] = {}
    with time_machine.travel(SHOWN_AT, tick=False):
        for part in ("", *LISTS, *(f"/scores?{query}" for query in SCORES)):
            said |= listed(heed, f"/v1/surveys/{survey}{part}")
    return said


def listed(heed: Heed, path: str) -> dict[str, Any]:
    answer = heed.call("GET", path)
    assert answer.status_code == 200, (path, answer.body)
    return {path: answer.json_body}


def emptied(heed: Heed) -> None:
    """As a stack that was just deployed, with a key."""
    client = boto3.client("dynamodb")
    client.delete_table(TableName=TABLE)
    make_table(client)
    surveys_wiring.catalogue.cache_clear()
    heed.key = heed.make_key(*Scope)


def run(monkeypatch: Any, *words: str) -> tuple[str, BaseException | None]:
    monkeypatch.setattr(carry_cli, "outputs", lambda target: OUTPUTS)
    monkeypatch.setattr(cli, "outputs", lambda target: OUTPUTS)
    monkeypatch.setattr("chalicelib.recount.REST_S", 0)
    monkeypatch.setattr(console, "width", 400)
    with console.capture() as said:
        done = CliRunner().invoke(cli.commands, [*words, "--stage", "test"])
    surveys_wiring.catalogue.cache_clear()
    return said.get() + done.output, done.exception


def carried(heed: Heed) -> dict[tuple[str, str], Item]:
    """What an export takes, by its place, without the marks of an import. What was due for
    more than a day is set aside, and what was queued waits again."""
    left = ("TALLY#", "MONTHS#", "KEY#", "IDEMPOTENCY#", "MAIL#", "RATE#", "SNAPSHOT#", "HISTORY#")
    return {
        (item["PK"], item["SK"]): {n: v for n, v in item.items() if n not in MARKS}
        for item in heed.stored()
        if not item["PK"].startswith(left)
    }


def edit(path: Path, number: int, line: str) -> None:
    """`line` stands in place of the line of that number, from 1."""
    lines = path.read_text().splitlines(keepends=True)
    lines[number - 1] = line + "\n"
    path.write_text("".join(lines))
