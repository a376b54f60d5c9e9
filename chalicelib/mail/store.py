"""The state of an invitation, a reminder, a follow-up or a letter while it is sent: claimed, then
sent, suppressed, postponed or given up. All these kinds of item carry id, status and attempts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from chalicelib import keys, moments
from chalicelib.invitations.invitation import (
    CLAIM,
    GIVE_UP,
    POSTPONE,
    SEND,
    SUPPRESS,
    Reason,
    Transition,
)
from chalicelib.invitations.items import later_mail
from chalicelib.mail.posture import Posture
from chalicelib.table import ABSENT, IF_NEW, Condition, Item, Key, Put, Table, Update, Write, key_of
from chalicelib.tally.tally import ALL, tally_writes

# After this a claim that was not finished counts as failed. It is longer than the function
# may run, and shorter than the queue waits before it gives the message again.
CLAIM_KEPT = timedelta(minutes=2)
MAIL_ID_KEPT = timedelta(days=60)
CLAIMED = ("claim", "claimed_until")
LISTED = ("list_pk", "list_sk")


class SentFacts(Struct, frozen=True):
    """What an invitation holds from the day it is sent. `day` is in the survey's zone."""

    day: str
    posture: Posture
    remind_at: datetime | None = None


class Mailed(Struct, frozen=True):
    """Who got an e-mail. `invitation` is the one that a bounce ends, None for a follow-up and for
    a letter."""

    person: str
    invitation: str | None


def unknown_calls(item: Item) -> int:
    """Calls of the mail service whose outcome is not known: one that is going on, one that broke
    off, one that was never answered."""
    return int(item.get("unknown", 0))


class OutboxStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, key: Key) -> Item | None:
        return self._table.get(key)

    def claim(self, item: Item, claim: str, now: datetime) -> None:
        """Counts the call before it is made: until its outcome is noted, nobody knows it. Raises
        WriteRefused when another run was faster, or when `claim` is written already."""
        self._table.write(
            Update(
                key_of(item),
                set={
                    "claim": claim,
                    "claimed_until": moments.to_text(now + CLAIM_KEPT),
                    "unknown": unknown_calls(item) + 1,
                },
                add={"attempts": 1},
                when={**CLAIM.when, "attempts": item["attempts"]},
            )
        )

    def invitation_sent(
        self,
        item: Item,
        message_id: str | None,
        facts: SentFacts,
        now: datetime,
        shard: int,
    ) -> None:
        """Marks the invitation as sent and raises the `asked` counts in one transaction, unless
        an answer came first and has counted it. `message_id` None: the mail service never
        answered (status and `reason` say so, unless the person did). Raises as
        Table.transact."""
        counted = item.get("asked_day")
        cells = {(segment, facts.day): {"asked": 1} for segment in (ALL, *item["segments"])}
        known = {"asked_day": counted or facts.day, "posture": facts.posture.value}
        as_read = {**SEND.when, "asked_day": counted or ABSENT}
        sent = _sent(item, item["person"], message_id, now, known, as_read)
        later = [_reminder(item, facts.remind_at, now)] if facts.remind_at else []
        counts = [] if counted else tally_writes(item["survey"], cells, shard)
        self._table.transact([*sent, *later, *counts])

    def note_sent(self, item: Item, person: str, message_id: str | None, now: datetime) -> None:
        self._table.transact(_sent(item, person, message_id, now, {}, SEND.when))

    def suppress(self, item: Item, reason: str) -> None:
        # A letter is listed while it has not gone.
        listed = LISTED if item["SK"] == "LETTER" else ()
        self._move(item, SUPPRESS, {"reason": str(reason)}, listed)

    def postpone(self, item: Item, until: datetime, unknown: int) -> None:
        """Back to waiting: the tick queues it again when it is due. `unknown` counts the calls
        that may have made an e-mail."""
        due = {"due_at": moments.to_text(until), "due_shard": keys.due_shard(item["id"])}
        self._move(item, POSTPONE, {**due, "unknown": unknown})

    def mailed(self, message_id: str) -> Mailed | None:
        found = self._table.get(keys.mail(message_id))
        return Mailed(found["person"], found.get("invitation")) if found else None

    def _move(
        self, item: Item, transition: Transition, facts: Item, gone: Sequence[str] = ()
    ) -> None:
        """Raises WriteRefused when another run has claimed the item meanwhile."""
        self._table.write(
            Update(
                key_of(item),
                set={**transition.set, **facts},
                remove=(*CLAIMED, *gone),
                when={**transition.when, "attempts": item["attempts"]},
            )
        )


class PostureStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, domain: str, now: datetime) -> Posture | None:
        item = self._table.get(keys.posture(domain))
        # TTL may delete an item days late.
        if item is None or item["expires_at"] <= now.timestamp():
            return None
        return Posture(item["posture"])

    def keep(self, domain: str, posture: Posture, until: datetime) -> None:
        ends = int(until.timestamp())
        key = keys.posture(domain).as_item()
        self._table.write(Put({**key, "posture": posture.value, "expires_at": ends}))


def _reminder(item: Item, due_at: datetime, now: datetime) -> Put:
    key = keys.reminder(item["id"])
    return Put(later_mail(key, item["id"], item["survey"], due_at, now))


def _sent(
    item: Item, person: str, message_id: str | None, now: datetime, facts: Item, when: Condition
) -> list[Write]:
    known = {**SEND.set, "sent_at": moments.to_text(now), **facts}
    if message_id:
        known["message"] = message_id  # so that an erasure finds it
    elif "asked_day" not in item:
        known |= {**GIVE_UP.set, "reason": Reason.MAIL_UNKNOWN.value}
    done = Update(key_of(item), set=known, remove=CLAIMED, when=when)
    mailed = Mailed(person, None if item["SK"] == "FOLLOWUP" else item["id"])
    return [done, *([_mail_id(message_id, mailed, now)] if message_id else [])]


def _mail_id(message_id: str, mailed: Mailed, now: datetime) -> Put:
    ends = int((now + MAIL_ID_KEPT).timestamp())
    asked = {"invitation": mailed.invitation} if mailed.invitation else {}
    key = keys.mail(message_id).as_item()
    return Put({**key, "person": mailed.person, **asked, "expires_at": ends}, IF_NEW)
