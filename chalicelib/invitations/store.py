from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from chalicelib import keys, moments
from chalicelib.errors import NotFound
from chalicelib.invitations.invitation import CANCEL, Invitation, Reason, Status
from chalicelib.invitations.items import (
    as_read,
    from_item,
    person_from_items,
    to_item,
    unopened_visit,
)
from chalicelib.invitations.person_store import NOT_ERASED
from chalicelib.invitations.throttle import LedgerEntry, Person
from chalicelib.table import (
    ABSENT,
    IF_NEW,
    Check,
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

    def cancel(self, invitation: Invitation, reason: Reason, extra: Sequence[Write] = ()) -> None:
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
                *extra,
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


def not_gone_out(invitation_id: str) -> Check:
    """Of one that is there, or is not any more."""
    return Check(keys.invitation(invitation_id), {"asked_day": ABSENT})


def _found_by_person(
    invitation: Invitation, row: Key, when: Literal["asked_at", "made_at"]
) -> tuple[Check, Put]:
    """Not an entry of the contact ledger, which throttles. Whoever was erased gets none."""
    facts = {"survey": invitation.survey, "invitation": invitation.id, when: _made_at(invitation)}
    person = Check(keys.person(invitation.person), NOT_ERASED)
    return person, Put({**row.as_item(), **facts})


def _made_at(invitation: Invitation) -> str:
    return moments.to_text(invitation.created_at)
