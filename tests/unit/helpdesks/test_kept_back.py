"""Deliveries like the recorded ones, with other values, another order and more than is known."""

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib.errors import Invalid
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.store import HookStore
from chalicelib.helpdesks.take_delivery import take_delivery
from chalicelib.table import Item
from tests.support.fakes import FakeTable
from tests.support.inbound import Sample, resigned, samples
from tests.support.samples import SURVEY
from tests.unit.helpdesks.test_at_the_same_time import needs_of

ASKED = [each for each in samples() if each.result == "accepted"]
JSON = [each for each in ASKED if not each.raw.startswith(b"<")]
OF_ASKED = pytest.mark.parametrize("told", ASKED, ids=lambda told: told.name)
OF_JSON = pytest.mark.parametrize("told", JSON, ids=lambda told: told.name)
SECRET = "whsec_a2VwdC1iYWNrLXNlY3JldC1vZi10aGVzZS10ZXN0cw=="
NAMES = [
    "Ðorđe Žižić",
    "山田 太郎",
    "محمد العلي",
    "O'Brien & Sons <x>",
    "Ann <a@b.example>",
    "é" * 90,
]
IDS = ["7", "007", "9223372036854775807", "6f1c2a0e-8d54-4b1c-9f0e-1b2c3d4e5f60", "A-1"]
ANOTHER = "kari.nordmann+help@example.net"
SUBJECT = "Skjermen er svart: 黒い"


def asked_by(told: Sample, raw: bytes) -> list[Item]:
    """The invitations that this body led to."""
    table = FakeTable()
    HookStore(table).add(Hook(told.source, "hook", SURVEY.id))
    needs = replace(needs_of(table), secrets_of=lambda hook: [SECRET])
    sent = resigned(told, raw, SECRET)
    with time_machine.travel(told.at):
        take_delivery(sent.desk, "hook", sent.delivery(), told.at, needs)
    return [item for item in table.items.values() if item["SK"] == "INVITE"]


MORE = {"unheard_of": {"a": [1, None, {"b": "ø"}]}}


def shuffled(value: Any) -> Any:
    """The same with its keys in another order, and one more in each object."""
    if isinstance(value, list):
        return [shuffled(each) for each in value]
    if not isinstance(value, dict):
        return value
    items = [*((name, shuffled(each)) for name, each in value.items()), *MORE.items()]
    random.Random(len(items)).shuffle(items)
    return dict(items)


def expected_of(told: Sample, field: str) -> str:
    assert told.expected
    return str(told.expected[field])


def written(told: Sample, **changes: str) -> bytes:
    """With values of the sample, by what is expected of it, exchanged for others."""
    raw = told.raw
    for field, value in changes.items():
        was = re.escape(expected_of(told, field).encode())
        text = json.dumps(value).encode() if told in JSON else value.encode()
        quoted = b'"' + was + b'"' if told in JSON else rb"(?<=>)" + was + rb"(?=<)"
        raw, count = re.subn(quoted, lambda _, text=text: text, raw)  # type: ignore[misc]
        if field == "ticket":
            raw, more = re.subn(rb"(?<=:) ?" + was + rb"\b", lambda _, text=text: text, raw)  # type: ignore[misc]
            count += more
        assert count, (told.name, field)
    return raw


@OF_JSON
@pytest.mark.parametrize("escapes", [True, False])
def test_another_order_of_keys_and_more_of_them_is_the_same(told: Sample, escapes: bool) -> None:
    body = shuffled(json.loads(told.raw))
    raw = b"\xef\xbb\xbf" + json.dumps(body, ensure_ascii=escapes, indent=1).encode()
    (item,) = asked_by(told, raw)
    for field in ("email", "name", "locale"):
        assert str(item.get(field)) == expected_of(told, field)
    assert item["ticket"]["id"] == expected_of(told, "ticket")
    assert str(item["ticket"]["subject"]) == expected_of(told, "subject")


@OF_ASKED
@pytest.mark.parametrize("ticket", IDS)
def test_another_ticket_of_another_person(told: Sample, ticket: str) -> None:
    (item,) = asked_by(told, written(told, email=ANOTHER, subject=SUBJECT, ticket=ticket))
    assert item["email"] == ANOTHER
    assert (item["ticket"]["id"], item["ticket"]["subject"]) == (ticket, SUBJECT)


@OF_JSON
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_is_a_name(told: Sample, name: str) -> None:
    if not told.expected or f'"{told.expected["name"]}"'.encode() not in told.raw:
        return  # it is in two fields, or not told
    (item,) = asked_by(told, written(told, name=name))
    assert (item["name"], item["email"]) == (name, told.expected["email"])


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each value, by what it is in and its key there."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(inner, dict | list):
            yield from places(inner)


@OF_JSON
@pytest.mark.parametrize("nothing", [None, "", {}, "x" * 5000])
def test_whatever_is_missing_or_odd_nobody_else_is_asked(told: Sample, nothing: Any) -> None:
    body = json.loads(told.raw)
    for holder, key in list(places(body)):
        before, holder[key] = holder[key], nothing
        try:
            asked = asked_by(told, json.dumps(body).encode())
        except Invalid:
            asked = []
        holder[key] = before
        assert {item["email"] for item in asked} <= {expected_of(told, "email")}, key


@OF_JSON
def test_a_status_in_another_case_is_the_same(told: Sample) -> None:
    words = rb'"(resolved|closed|solved|done)"'
    raw = re.sub(words, lambda found: found[0].upper(), told.raw, flags=re.IGNORECASE)
    assert len(asked_by(told, raw)) == 1
