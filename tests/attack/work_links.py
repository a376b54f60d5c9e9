"""Forged, foreign, expired and mangled links of the page of a task, and of *Did this help?*"""

import dataclasses
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from msgspec.structs import replace

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations.person import person_id
from chalicelib.invitations.token import Link, Purpose, TokenKeys, make_token
from chalicelib.tasks.course_items import ASKS_FOR
from chalicelib.tasks.links import TaskLink, make_task_token
from tests.attack.credentials import key_with
from tests.attack.forged import OVER, mangled, wrong_helped_links, wrong_task_links
from tests.attack.tried import Try, tried
from tests.conftest import Stack
from tests.support.outside import BROWSER, Answer, Outside, call

SURVEY = "attacked-tasks"
OWNER = "owner-of-attacked-tasks@example.com"
TEAM = {"name": "Attacked", "people": [{"id": "kari", "name": "Kari", "email": OWNER}]}
FORMS = {"t": {"version": "1", "act": "take"}, "h": {"score": "0"}}
ASKS = {
    "name": "Attacked tasks",
    "success": "No attack gets through.",
    "question": "How likely are you to recommend us?",
    "team": "Attacked",
    "audience": "internal",
    "counts": "send",
    "task_team": "attacked-tasks",
}


def attack_work_links(stack: Stack) -> Iterator[Try]:
    outside = Outside(dataclasses.replace(stack, key=key_with(stack, *Scope)))
    assert outside.api("PUT", f"/v1/teams/{SURVEY}", TEAM).status == 200
    assert outside.api("PUT", f"/v1/surveys/{SURVEY}", ASKS).status in (200, 201)
    keys, now = _token_keys(stack), datetime.now(UTC)
    yield from _on_tasks(stack, outside, keys, now)
    yield from _on_help(stack, outside, keys, now)


def _on_tasks(stack: Stack, outside: Outside, keys: TokenKeys, now: datetime) -> Iterator[Try]:
    task, other = _opened(outside), _opened(outside)
    person = person_id(OWNER, _secret(stack, "person-key"))
    link = TaskLink(task["id"], person, now + timedelta(days=1))
    token, others = (make_task_token(replace(link, task=one["id"]), keys) for one in (task, other))
    yield _good(stack, "t", token)
    yield from _refused(stack, "t", _named(mangled(token, others)), "forged task link")
    wrong = wrong_task_links(link, keys, now)
    yield from _refused(stack, "t", wrong, "foreign or expired task link")
    yield _unchanged(outside, task, "forged task link")


def _on_help(stack: Stack, outside: Outside, keys: TokenKeys, now: datetime) -> Iterator[Try]:
    task, other = _told(outside), _told(outside)
    links = [
        Link(one["id"], SURVEY, moments.from_text(one["closed_at"]) + ASKS_FOR)
        for one in (task, other)
    ]
    token, others = (make_token(one, Purpose.HELPED, keys.active, keys) for one in links)
    yield _good(stack, "h", token)
    yield from _refused(stack, "h", _named(mangled(token, others)), "forged help link")
    wrong = wrong_helped_links(links[0], keys, now)
    yield from _refused(stack, "h", wrong, "foreign or expired help link")
    yield _unchanged(outside, task, "forged help link")


def _refused(
    stack: Stack, door: str, tokens: Iterable[tuple[str, str]], table: str
) -> Iterator[Try]:
    neutral = _open(stack, door, "a" * 80).text
    for name, token in tokens:
        for answer in (_open(stack, door, token), _press(stack, door, token)):
            is_over = name == OVER and answer.status == 410
            stopped = is_over or (answer.status == 404 and answer.text == neutral)
            yield tried(table, f"/{door}/ {name}", answer, stopped)


def _named(tokens: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((token, token) for token in tokens)


def _good(stack: Stack, door: str, token: str) -> Try:
    """What is forged would be worth something."""
    answer = _open(stack, door, token)
    return tried("the link itself", f"/{door}/", answer, answer.status == 200)


def _unchanged(outside: Outside, task: dict[str, Any], table: str) -> Try:
    answer = outside.api("GET", f"/v1/tasks/{task['id']}")
    return tried(table, "the task afterwards", answer, answer.json == task)


def _opened(outside: Outside) -> dict[str, Any]:
    due_at = moments.to_text(datetime.now(UTC) + timedelta(days=9))
    body = {"survey": SURVEY, "note": "Look at this.", "due_at": due_at, "owner": "kari"}
    made = outside.api("POST", "/v1/tasks", body)
    assert made.status == 201, made.text
    return dict(made.json)


def _told(outside: Outside) -> dict[str, Any]:
    task = _opened(outside)
    closing = {"state": "closed", "cause": "Attack", "tell": "It is over."}
    return dict(outside.api("PATCH", f"/v1/tasks/{task['id']}", closing).json)


def _token_keys(stack: Stack) -> TokenKeys:
    """Whoever forges with the stack's own key shows what the signature alone would not stop."""
    found = json.loads(_secret(stack, "token-keys"))
    kept = {name: key.encode() for name, key in found.items() if len(name) == 1}
    return TokenKeys(found["active"], kept)


def _secret(stack: Stack, name: str) -> str:
    found = stack.aws("secretsmanager").get_secret_value(SecretId=f"heed/{name}")
    return str(found["SecretString"])


def _open(stack: Stack, door: str, token: str) -> Answer:
    return call("GET", f"{stack.api}/{door}/{token}", None, BROWSER)


def _press(stack: Stack, door: str, token: str) -> Answer:
    headers = BROWSER | {"Content-Type": "application/x-www-form-urlencoded"}
    form = urlencode(FORMS[door]).encode()
    return call("POST", f"{stack.api}/{door}/{token}", form, headers)
