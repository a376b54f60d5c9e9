"""The stream to the bus, with hand-made records: the emulator ignores partial answers."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.aws.table import pack
from chalicelib.invitations.invitation import Reason, Status
from chalicelib.invitations.items import to_item
from chalicelib.notify.letter import letter_for
from chalicelib.notify.letter_store import letter_to_item
from chalicelib.publish import publish
from chalicelib.responses.items import response_to_item
from chalicelib.responses.response import Answer, answered, erased
from chalicelib.table import Item
from tests.support.samples import NOW, invitation

QUEUED = to_item(invitation(status=Status.QUEUED, sent_at=None, asked_day=None))
SENT = to_item(invitation())
FIRST = answered(invitation(), None, Answer(3, "slow"), "op1", "2026-11-20", NOW)
SECOND = answered(invitation(), FIRST, Answer(9), "op2", "2026-11-20", NOW)
IMPORTED = {"imported_at": "t"}
LETTER: Item = letter_to_item(letter_for("digest", "desk", {"member": "kari"}, NOW))
PERSON: Item = {"PK": "PERSON#p", "SK": "PERSON", "id": "p", "version": 1}

DELIVERY: Item = {
    "PK": "DELIVERY#one",
    "SK": "DELIVERY",
    "id": "one",
    "kind": "standard",
    "status": "queued",
}


def record(old: Item | None, new: Item | None, sequence: int = 1) -> dict[str, Any]:
    images: dict[str, Any] = {"SequenceNumber": str(sequence), "ApproximateCreationDateTime": 1}
    for name, item in (("OldImage", old), ("NewImage", new)):
        if item:
            images[name] = pack(item)
    return {"eventID": f"event-{sequence}", "eventName": "MODIFY", "dynamodb": images}


class Bus:
    def __init__(self) -> None:
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.calls = 0
        self.failing: list[list[int]] = []

    def put(self, entries: list[tuple[str, str]]) -> list[int]:
        self.calls += 1
        failed = self.failing.pop(0) if self.failing else []
        self.taken += [
            (name, json.loads(detail))
            for place, (name, detail) in enumerate(entries)
            if place not in failed
        ]
        return failed


def run(*records: dict[str, Any], bus: Bus | None = None) -> tuple[Bus, list[str]]:
    bus = bus or Bus()
    answer = publish({"Records": list(records)}, bus.put, lambda attempt: None)
    return bus, [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        (None, QUEUED, "InvitationQueued"),
        (QUEUED | {"status": "waiting"}, QUEUED, "InvitationQueued"),
        (QUEUED, SENT, "InvitationSent"),
        (QUEUED, QUEUED | {"status": "suppressed", "reason": "bounced"}, "InvitationSuppressed"),
        (QUEUED, QUEUED | {"status": "cancelled", "reason": "reopened"}, "InvitationCancelled"),
        (None, response_to_item(FIRST), "ResponseRecorded"),
        (response_to_item(FIRST), response_to_item(SECOND), "ResponseChanged"),
        (response_to_item(FIRST), response_to_item(erased(FIRST, "op", NOW)), "ResponseErased"),
        (None, LETTER, "LetterQueued"),
        (LETTER | {"status": "waiting"}, LETTER, "LetterQueued"),
        (PERSON, PERSON | {"unsubscribed_at": "t"}, "PersonUnsubscribed"),
        (PERSON, PERSON | {"bounced_at": "t"}, "MailBounced"),
        (None, PERSON | {"complained_at": "t"}, "MailComplained"),
        (None, DELIVERY, "DeliveryQueued"),
        (DELIVERY | {"status": "waiting"}, DELIVERY, "DeliveryQueued"),
    ],
)
def test_a_change_is_told_as_what_it_means(old: Item | None, new: Item, name: str) -> None:
    bus, failed = run(record(old, new))
    assert [taken[0] for taken in bus.taken] == [name]
    assert failed == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (QUEUED, QUEUED | {"attempts": 1, "claimed_until": "t"}),
        (response_to_item(FIRST), response_to_item(FIRST)),
        (LETTER, LETTER | {"attempts": 1, "claimed_until": "t"}),
        (LETTER, LETTER | {"status": "sent"}),
        (None, {"PK": "RESPONSE#x", "SK": "RESPONSE"}),  # moto's ghost insert: keys only
        (None, {"PK": "TALLY#s#all", "SK": "2026-11-20#00", "n": 1}),
        (SENT, None),
        (PERSON, PERSON | {"version": 2}),
        (DELIVERY, DELIVERY | {"attempts": 1}),
        (DELIVERY, DELIVERY | {"status": "sent"}),
        (DELIVERY, None),
        (None, QUEUED | IMPORTED),
        (None, response_to_item(FIRST) | IMPORTED),
        (PERSON, PERSON | IMPORTED | {"unsubscribed_at": "t"}),
    ],
)
def test_a_change_that_means_nothing_is_not_told(old: Item | None, new: Item | None) -> None:
    assert run(record(old, new))[0].taken == []


@pytest.mark.parametrize("mark", [{}, {"imported_at": "t"}])
def test_what_changes_after_its_import_is_told(mark: Item) -> None:
    """A changed answer is stored anew, without the mark."""
    old, new = response_to_item(FIRST) | {"imported_at": "t"}, response_to_item(SECOND) | mark
    assert [name for name, _ in run(record(old, new))[0].taken] == ["ResponseChanged"]


def test_an_event_holds_facts_and_nothing_personal() -> None:
    bus, _ = run(record(None, QUEUED), record(None, response_to_item(FIRST), 2))
    told = json.dumps(bus.taken)
    for private in ("example.com", "Ingrid", "slow", "Laptop"):
        assert private not in told
    assert bus.taken[1][1]["band"] == "detractor"
    assert bus.taken[1][1]["origin"] == "tap"


def test_the_same_record_gives_the_same_event() -> None:
    assert run(record(None, QUEUED))[0].taken == run(record(None, QUEUED))[0].taken


def test_only_what_was_not_taken_is_sent_again() -> None:
    bus = Bus()
    bus.failing = [[1]]
    bus, failed = run(*(record(None, QUEUED, number) for number in (1, 2, 3)), bus=bus)
    ids = [detail["id"] for _, detail in bus.taken]
    assert sorted(ids) == ["event-1", "event-2", "event-3"]
    assert failed == []


def test_what_is_never_taken_is_reported_from_its_record_on() -> None:
    bus = Bus()
    bus.failing = [[1, 2], [0, 1], [0, 1]]
    _, failed = run(*(record(None, QUEUED, number) for number in (1, 2, 3)), bus=bus)
    assert failed == ["2"]


def test_a_record_that_cannot_be_read_is_the_failure_and_those_before_it_go_out() -> None:
    broken = response_to_item(FIRST) | {"score": "not a number"}
    bus, failed = run(record(None, QUEUED, 1), record(None, broken, 2), record(None, QUEUED, 3))
    assert [detail["id"] for _, detail in bus.taken] == ["event-1"]
    assert failed == ["2"]


@given(st.lists(st.lists(st.integers(0, 4), unique=True, max_size=5), max_size=4))
def test_whatever_fails_nothing_is_lost(failing: list[list[int]]) -> None:
    bus = Bus()
    left = 5
    for one in failing:
        bus.failing.append([place for place in one if place < left])
        left = len(bus.failing[-1])
    bus, failed = run(*(record(None, QUEUED, number) for number in range(1, 6)), bus=bus)
    again_from = int(failed[0]) if failed else 6
    told = {int(detail["id"].removeprefix("event-")) for _, detail in bus.taken}
    assert told >= set(range(1, again_from))


def test_a_reason_of_suppression_is_told() -> None:
    silent = to_item(invitation(status=Status.SUPPRESSED, reason=Reason.THROTTLED, sent_at=None))
    assert run(record(None, silent))[0].taken[0][1]["reason"] == "throttled"


HISTORY = [
    record(None, QUEUED, 1),
    record(QUEUED, SENT, 2),
    record(None, response_to_item(FIRST), 3),
    record(response_to_item(FIRST), response_to_item(SECOND), 4),
    record(PERSON, PERSON | {"unsubscribed_at": "t"}, 5),
]


def told(records: list[dict[str, Any]]) -> dict[str, str]:
    """The events by their ids, as JSON."""
    bus, failed = run(*records)
    assert failed == []
    return {detail["id"]: json.dumps([name, detail]) for name, detail in bus.taken}


@given(st.permutations(HISTORY), st.integers(0, 5), st.integers(0, 5))
def test_a_batch_in_any_order_split_and_repeated_anywhere_tells_the_same(
    records: list[dict[str, Any]], first: int, second: int
) -> None:
    end, start = max(first, second), min(first, second)
    assert told(records[:end]) | told(records[start:]) == told(HISTORY)
