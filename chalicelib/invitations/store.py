from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from chalicelib import keys, moments
from chalicelib.errors import NotFound, WriteRefused
from chalicelib.invitations.invitation import CANCEL, Invitation, Reason, Status
from chalicelib.invitations.items import (
    LEFT,
    as_read,
    from_item,
    person_from_items,
    to_item,
    unopened_visit,
)
from chalicelib.invitations.throttle import LedgerEntry, Person
from chalicelib.table import (
    ABSENT,
    IF_NEW,
    Check,
    Condition,
    Delete,
    Item,
    Key,
    Put,
    Query,
    Table,
    Update,
    Write,
    each,
    every,
    one_by_one,
)
from chalicelib.tally.tally import ALL, tally_writes

NOT_ERASED: Final[Condition] = {"erased_at": ABSENT}


class InvitationStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, invitation_id: str) -> Invitation | None:
        item = self._table.get(keys.invitation(invitation_id))
        return from_item(item) if item else None

    def get(self, invitation_id: str) -> Invitation:
        """Raises NotFound."""
        found = self.find(invitation_id)
        if found is None:
            raise NotFound("invitation")
        return found

    def find_all(self, invitation_ids: Sequence[str]) -> dict[str, Invitation]:
        # For lists, whose index is a moment old anyway.
        items = each(self._table, list(map(keys.invitation, invitation_ids)), consistent=False)
        return {item["id"]: from_item(item) for item in items.values()}

    def is_answered(self, invitation_id: str) -> bool:
        """Whether a number counts its answer, or soon will."""
        item = self._table.get(keys.response(invitation_id)) or {}
        return item.get("state") in ("counted", "settling")

    def page(
        self, survey_id: str, limit: int, after: Item | None
    ) -> tuple[list[Invitation], Item | None]:
        """The newest first."""
        listed = keys.invitations_of(survey_id)
        page = self._table.query(
            Query(listed, "listed", newest_first=True, limit=limit, after=after)
        )
        return [from_item(item) for item in page.items], page.next

    def cancel(self, invitation: Invitation, reason: Reason) -> None:
        """It goes out no more, and the person does not count as asked by it. Raises WriteRefused
        when anything happened to it meanwhile, and as Table.transact."""
        made_at = _made_at(invitation)
        found = _found_by_person(
            invitation, keys.not_asked(invitation.person, made_at, invitation.id), "made_at"
        )
        self._table.transact(
            [
                Update(
                    keys.invitation(invitation.id),
                    set={**CANCEL, "reason": reason.value},
                    remove=("due_shard", "due_at"),
                    when={**as_read(invitation), "attempts": invitation.attempts},
                ),
                *found,
                Delete(keys.asked(invitation.person, made_at, invitation.id)),
                Delete(keys.visit(invitation.id)),
                Delete(keys.served(invitation.id)),
            ]
        )

    def send_again(self, invitation: Invitation, now: datetime) -> None:
        """Once. What is stored for the e-mail before goes, so that an erasure has to find one
        only. Raises WriteRefused."""
        queued = Update(
            keys.invitation(invitation.id),
            set={"status": Status.QUEUED.value, "sent_again_at": moments.to_text(now)},
            remove=("reason", "unknown", "message"),
            when={
                "status": invitation.status.value,
                "person": invitation.person,
                "sent_again_at": ABSENT,
            },
        )
        before = [Delete(keys.mail(invitation.message))] if invitation.message else []
        self._table.transact([queued, *before])

    def person_and_ledger(
        self, person_id: str, since: datetime
    ) -> tuple[Person, list[LedgerEntry]]:
        lowest = keys.asked_since(moments.to_text(since))
        key = keys.person(person_id)
        items = every(self._table, Query(key.pk, lowest=lowest, highest=key.sk))
        ledger = [
            LedgerEntry(item["survey"], moments.from_text(item["asked_at"]))
            for item in items
            if "asked_at" in item
        ]
        return person_from_items(person_id, items), ledger

    def add(
        self, invitation: Invitation, person: Person, extra: Sequence[Write | Check] = ()
    ) -> None:
        """Raises WriteRefused: index 0 means that the invitation exists already, 1 that the
        person changed since `person` was read."""
        asked_at = moments.to_text(invitation.created_at)
        ledger = keys.asked(person.id, asked_at, invitation.id)
        asked = {"survey": invitation.survey, "asked_at": asked_at, "invitation": invitation.id}
        self._table.transact(
            [
                Put(to_item(invitation), IF_NEW),
                Update(
                    keys.person(person.id),
                    add={"version": 1},
                    when={"version": person.version or ABSENT},
                ),
                Put({**ledger.as_item(), **asked}),
                Put(unopened_visit(invitation)),
                *extra,
            ]
        )

    def add_suppressed(self, invitation: Invitation, extra: Sequence[Write | Check] = ()) -> None:
        """Raises WriteRefused also when the person was erased meanwhile."""
        row = keys.not_asked(invitation.person, _made_at(invitation), invitation.id)
        found = _found_by_person(invitation, row, "made_at") if invitation.person else ()
        self._table.transact([Put(to_item(invitation), IF_NEW), *found, *extra])

    def add_linked(
        self, invitation: Invitation, shard: int, extra: Sequence[Write | Check] = ()
    ) -> None:
        """Raises WriteRefused; index 1 means that the person was erased."""
        # The person counts as asked at once, so the counts are written in the same transaction.
        cells = {
            (segment, str(invitation.asked_day)): {"asked": 1}
            for segment in (ALL, *invitation.segments)
        }
        counts = tally_writes(invitation.survey, cells, shard)
        row = keys.asked_by_links(invitation.person, _made_at(invitation), invitation.id)
        found = _found_by_person(invitation, row, "asked_at")
        visit = Put(unopened_visit(invitation))
        self._table.transact([Put(to_item(invitation), IF_NEW), *found, visit, *extra, *counts])

    def made_between(
        self, survey_id: str, since: datetime, until: datetime
    ) -> Iterator[Invitation]:
        """since <= created_at < until. Reads the next page only when it is needed."""
        lowest, highest = moments.to_text(since), moments.to_text(until)
        partition = keys.invitations_of(survey_id)
        for item in one_by_one(self._table, Query(partition, "listed", lowest, highest)):
            yield from_item(item)


def _found_by_person(
    invitation: Invitation, row: Key, when: Literal["asked_at", "made_at"]
) -> tuple[Check, Put]:
    """Not an entry of the contact ledger, which throttles. Whoever was erased gets none."""
    facts = {"survey": invitation.survey, "invitation": invitation.id, when: _made_at(invitation)}
    person = Check(keys.person(invitation.person), NOT_ERASED)
    return person, Put({**row.as_item(), **facts})


def _made_at(invitation: Invitation) -> str:
    return moments.to_text(invitation.created_at)


@dataclass(frozen=True)
class TakenBack:
    """`unsubscribed`: that the person wants no mail at all. `by` is the id of a key; None: the
    person did it."""

    unsubscribed: bool
    surveys: tuple[str, ...]
    by: str | None = None


class PersonStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, person_id: str) -> Person:
        return self._told(person_id, keys.opt_out(person_id), keys.person(person_id))

    def with_what_is_known(self, person_id: str) -> Person:
        """Also what the directory says."""
        of = (keys.opt_out, keys.person, keys.directory)
        return self._told(person_id, *(key(person_id) for key in of))

    def _told(self, person_id: str, *by: Key) -> Person:
        return person_from_items(person_id, self._table.get_all(by).values())

    def mark(self, person_id: str, flag: str, now: datetime) -> None:
        """Sets `unsubscribed_at`, `bounced_at` or `complained_at`, once."""
        attribute = f"{flag}_at"
        write = Update(
            keys.person(person_id),
            set={attribute: moments.to_text(now), "id": person_id},
            add={"version": 1},
            when={attribute: ABSENT},
        )
        try:
            self._table.write(write)
        except WriteRefused:
            return

    def opt_out(self, person_id: str, now: datetime) -> None:
        """Unsubscribes beside the person's own item, which other requests write to."""
        facts = {"id": person_id, "unsubscribed_at": moments.to_text(now)}
        self._table.write(Put({**keys.opt_out(person_id).as_item(), **facts}))

    def leave(self, person_id: str, survey: str, now: datetime) -> None:
        """No more mails of this survey, once; not of whoever was erased. Raises as Table.write."""
        left = f"{LEFT}{survey}"
        write = Update(
            keys.person(person_id),
            set={left: moments.to_text(now), "id": person_id},
            add={"version": 1},
            when={**NOT_ERASED, left: ABSENT},
        )
        with suppress(WriteRefused):
            self._table.write(write)

    def take_back(self, person_id: str, asked: TakenBack, now: datetime) -> None:
        """What the person asked for before does not hold any more. Raises as Table.transact, also
        when the person was erased."""
        names = [f"{LEFT}{survey}" for survey in asked.surveys]
        names += ["unsubscribed_at"] if asked.unsubscribed else []
        by = {"taken_back_by": asked.by} if asked.by else {}
        person = Update(
            keys.person(person_id),
            set={"taken_back_at": moments.to_text(now), **by},
            add={"version": 1},
            remove=[*names, *([] if asked.by else ["taken_back_by"])],
            when=NOT_ERASED,
        )
        beside = [Delete(keys.opt_out(person_id))] if asked.unsubscribed else []
        self._table.transact([person, *beside])

    def stop(self, person_id: str, kind: str, now: datetime) -> None:
        """No more letters of this kind. Raises as Table.transact, also when the person was
        erased."""
        stopped = {f"{keys.STOPPED_KIND}{kind}": moments.to_text(now)}
        standing = Check(keys.person(person_id), NOT_ERASED)
        self._table.transact([Update(keys.stopped(person_id), set=stopped), standing])

    def has_stopped(self, person_id: str, kind: str) -> bool:
        return f"{keys.STOPPED_KIND}{kind}" in (self._table.get(keys.stopped(person_id)) or {})
