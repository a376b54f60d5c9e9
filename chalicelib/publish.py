"""Sends events from the table's stream to the bus. The table is the outbox: each event is made
from a change that was written. So no event is lost, and none tells what did not happen."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from chalicelib import moments
from chalicelib.errors import HeedError, Unavailable
from chalicelib.events import (
    AnswersReleased,
    DeliveryQueued,
    Event,
    FollowUpQueued,
    InvitationCancelled,
    InvitationQueued,
    InvitationSent,
    InvitationSuppressed,
    LetterQueued,
    MailBounced,
    MailComplained,
    PersonUnsubscribed,
    ReminderQueued,
    ResponseChanged,
    ResponseErased,
    ResponseRecorded,
)
from chalicelib.invitations.invitation import Status, is_queued
from chalicelib.logs import log_failure, logger
from chalicelib.retry import retrying
from chalicelib.table import Item
from chalicelib.tasks.told import task_events

Facts = dict[str, str]  # id and occurred_at
Put = Callable[[list[tuple[str, str]]], list[int]]
TRIES = 3


class NotTaken(HeedError):
    """The bus refused an entry three times."""


def publish_records(event: dict[str, Any]) -> dict[str, Any]:
    """Safe to run twice: the same record gives events with the same ids."""
    from chalicelib import wiring

    return publish(event, wiring.bus().put, wiring.pause)


def publish(
    batch: dict[str, Any], put: Put, pause: Callable[[int], None]
) -> dict[str, list[dict[str, str]]]:
    """Gives Lambda's partial batch answer: the stream continues from the first failure."""
    from aws_lambda_powertools.utilities.data_classes import DynamoDBStreamEvent

    entries: list[tuple[str, str]] = []
    sequences: list[str] = []
    for record in DynamoDBStreamEvent(batch).records:
        change = record.dynamodb
        sequence = change.sequence_number if change else None
        if change is None or sequence is None:
            continue
        try:
            happened = change.approximate_creation_date_time
            facts = {
                "id": str(record.event_id),
                "occurred_at": moments.to_text(datetime.fromtimestamp(happened or 0, UTC)),
            }
            found = events_of(facts, change.old_image or {}, change.new_image or {})
        except (KeyError, ValueError) as error:
            # A record that cannot be read blocks the records behind it, until it is too old and
            # goes to the dead-letter queue.
            log_failure("publish", error)
            return _batch_answer(_send(entries, sequences, put, pause) or [sequence])
        entries += [(event.name, event.model_dump_json()) for event in found]
        sequences += [sequence] * len(found)
    return _batch_answer(_send(entries, sequences, put, pause))


def _batch_answer(failed: list[str]) -> dict[str, list[dict[str, str]]]:
    return {"batchItemFailures": [{"itemIdentifier": sequence} for sequence in failed[:1]]}


def _send(
    entries: list[tuple[str, str]], sequences: list[str], put: Put, pause: Callable[[int], None]
) -> list[str]:
    """Sends the entries, and again those that were not taken. Gives the sequence numbers of those
    that were never taken."""
    left = list(range(len(entries)))

    def put_rest(_: int) -> None:
        nonlocal left
        failed = put([entries[index] for index in left]) if left else []
        left = [left[index] for index in failed]
        if left:
            raise NotTaken

    with suppress(Unavailable):
        retrying(put_rest, pause, TRIES, on=(NotTaken,))
    logger().info("published", extra={"events": len(entries) - len(left), "failed": len(left)})
    if left:
        log_failure("publish", NotTaken())
    return [sequences[index] for index in sorted(left)]


def events_of(facts: Facts, old: Item, new: Item) -> list[Event]:
    """The events that a change of an item means. Empty for items that have no events, and for
    what an import wrote: it happened before, and was told then."""
    if "imported_at" in new and new["imported_at"] != old.get("imported_at"):
        return []
    kind = str((new or old).get("SK")).partition("#")[0]
    readers = {
        "INVITE": _invitation_events,
        "RESPONSE": _response_events,
        "TASK": task_events,
        "FOLLOWUP": _follow_up_events,
        "REMINDER": _reminder_events,
        "LETTER": _letter_events,
        "DELIVERY": _delivery_events,
        "PERSON": _person_events,
        "OPTOUT": _person_events,
        "RELEASE": _release_events,
    }
    reader = readers.get(kind)
    return reader(facts, old, new) if reader and new.get("id") else []


def _invitation_events(facts: Facts, old: Item, new: Item) -> list[Event]:
    status = new["status"]
    if status == old.get("status"):
        return []
    ids = {"invitation": new["id"], "survey": new["survey"]}
    match status:
        case Status.QUEUED:
            return [InvitationQueued(**facts, **ids)]
        case Status.SENT:
            return [InvitationSent(**facts, **ids)]
        # What was out and is erased now is told by ResponseErased, if there was an answer.
        case Status.SUPPRESSED if old.get("status") not in (Status.SENT, Status.LINKED):
            return [InvitationSuppressed(**facts, **ids, reason=new["reason"])]
        case Status.CANCELLED:
            return [InvitationCancelled(**facts, **ids, reason=new["reason"])]
    return []


def _response_events(facts: Facts, old: Item, new: Item) -> list[Event]:
    if new["origin"] == "ballot" and not new.get("contact"):
        return []  # of a sealed survey nothing is told of a single answer, unless it is named
    ids = {"response": new["id"], "survey": new["survey"]}
    if new.get("gone"):
        return [] if old.get("gone") else [ResponseErased(**facts, **ids)]
    if new.get("state") != "counted":
        return []  # held and settling: nobody is to act on what may be a machine's
    if new["version"] == old.get("version"):
        return []
    answer = {
        "score": int(new["score"]),
        "band": new["band"],
        "segments": list(new["segments"]),
        "has_comment": "comment" in new,
        "wishes_contact": bool(new.get("contact")),
        "origin": new["origin"],
    }
    if old.get("state") == "counted":
        before = {"was": old["band"], "wished_contact": bool(old.get("contact"))}
        return [ResponseChanged(**facts, **ids, **answer, **before)]
    return [ResponseRecorded(**facts, **ids, **answer)]


def _release_events(facts: Facts, old: Item, new: Item) -> list[Event]:
    if old:
        return []
    released = AnswersReleased(
        **facts,
        survey=new["survey"],
        release=new["number"],
        answers=len(new["rows"]),
        unhappy=new["unhappy"],
        with_words=new["with_words"],
    )
    return [released]


def _follow_up_events(facts: Facts, old: Item, new: Item) -> list[Event]:
    if not is_queued(new) or is_queued(old):
        return []
    return [FollowUpQueued(**facts, response=new["id"], survey=new["survey"])]


def _reminder_events(facts: Facts, old: Item, new: Item) -> list[Event]:
    if not is_queued(new) or is_queued(old):
        return []
    return [ReminderQueued(**facts, invitation=new["id"], survey=new["survey"])]


def _letter_events(facts: Facts, old: Item, new: Item) -> list[Event]:
    if not is_queued(new) or is_queued(old):
        return []
    about = {"letter": new["id"], "survey": new.get("survey"), "kind": new["kind"]}
    return [LetterQueued.model_validate({**facts, **about})]


def _delivery_events(facts: Facts, old: Item, new: Item) -> list[Event]:
    if not is_queued(new) or is_queued(old):
        return []
    return [DeliveryQueued(**facts, delivery=new["id"], kind=new["kind"])]


def _person_events(facts: Facts, old: Item, new: Item) -> list[Event]:
    kinds: dict[str, type[PersonUnsubscribed | MailBounced | MailComplained]] = {
        "unsubscribed_at": PersonUnsubscribed,
        "bounced_at": MailBounced,
        "complained_at": MailComplained,
    }
    return [
        kind(id=f"{facts['id']}-{attribute}", occurred_at=facts["occurred_at"], person=new["id"])
        for attribute, kind in kinds.items()
        if attribute in new and attribute not in old
    ]
