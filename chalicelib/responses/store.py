from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import keys, moments
from chalicelib.invitations.invitation import Ended, Invitation
from chalicelib.invitations.items import from_item as invitation_from_item
from chalicelib.listed import Listing, ListPage, read_list
from chalicelib.responses.counts import asked_cells, ending_changes, tally_changes
from chalicelib.responses.items import response_from_item, response_to_item
from chalicelib.responses.judge.entries import closed_visit, facts_in
from chalicelib.responses.judge.facts import Fact, Facts
from chalicelib.responses.note_fact import note_fact
from chalicelib.responses.response import Response, in_order
from chalicelib.snapshots import outdating
from chalicelib.table import (
    ABSENT,
    IF_NEW,
    Check,
    Condition,
    Delete,
    Item,
    Key,
    Put,
    Table,
    Update,
    Write,
    each,
)
from chalicelib.tally.shards import bucket_for, buckets_of, opened
from chalicelib.tally.tally import merged, tally_touches, tally_writes


class IndexPage(Struct, frozen=True):
    """`next` is the place to continue from, None at the end."""

    responses: list[Response]
    next: str | None


class ResponseStore:
    def __init__(self, table: Table) -> None:
        self._table = table
        self._buckets: dict[str, int] = {}  # of the lists of a request

    def find(self, response_id: str) -> Response | None:
        item = self._table.get(keys.response(response_id))
        return response_from_item(item) if item else None

    def find_all(self, response_ids: Sequence[str], consistent: bool = True) -> dict[str, Response]:
        wanted = [keys.response(response_id) for response_id in response_ids]
        items = each(self._table, wanted, consistent)
        return {item["id"]: response_from_item(item) for item in items.values()}

    def addresses(self, response_ids: Sequence[str]) -> dict[str, str]:
        """Of those who asked to be contacted."""
        wanted = {keys.contact_of_response(one): one for one in response_ids}
        found = each(self._table, list(wanted), consistent=False) if wanted else {}
        return {wanted[key]: item["address"] for key, item in found.items()}

    def forget_address(self, response_id: str) -> None:
        """Raises as Table.write."""
        self._table.write(Delete(keys.contact_of_response(response_id)))

    def invitation_and_response(
        self, response_id: str
    ) -> tuple[Invitation | None, Response | None]:
        """One strongly consistent read."""
        return _both(response_id, self._table.get_all(_of_both(response_id)))

    def visit_invitation_and_response(
        self, response_id: str
    ) -> tuple[Item | None, Invitation | None, Response | None]:
        """One strongly consistent read. The visit is as it is stored."""
        visit = keys.visit(response_id)
        found = self._table.get_all([visit, *_of_both(response_id)])
        return found.get(visit), *_both(response_id, found)

    def note(self, invitation_id: str, fact: Fact, closes_at: datetime) -> Facts:
        """As note_fact."""
        return note_fact(self._table, keys.visit(invitation_id), fact, closes_at)

    def facts_of(self, invitation_id: str) -> Facts:
        return facts_in(self._table.get(keys.visit(invitation_id)))

    def page(self, within: Listing, limit: int, after: str | None = None) -> IndexPage:
        """Responses by the time of their answer, the newest first."""
        page = self._read(within, limit, after, keys.response)
        found = [response_from_item(item) for item in page.items]
        return IndexPage(found, page.next)

    def changed(self, within: Listing, limit: int, after: str | None = None) -> IndexPage:
        """Responses by the time of their last change, the oldest first, erased ones too. One
        that changed again after the index was read has a later place and is left out here."""
        page = self._read(within, limit, after, keys.change)
        found = self.find_all([keys.id_listed(item["list_sk"]) for item in page.items])
        responses = [found.get(keys.id_listed(item["list_sk"])) for item in page.items]
        in_place = [
            response
            for response, item in zip(responses, page.items, strict=True)
            if response and change_place(response) == item["list_sk"]
        ]
        return IndexPage(in_place, page.next)

    def _read(
        self, within: Listing, limit: int, after: str | None, key: Callable[[str], Key]
    ) -> ListPage:
        survey_id = keys.id_of(within.partition)
        if survey_id not in self._buckets:
            self._buckets[survey_id] = buckets_of(opened(self._table, survey_id))
        return read_list(self._table, within, key, self._buckets[survey_id], limit, after)

    def replace(
        self,
        before: Response | None,
        after: Response,
        shard: int,
        invitation: Invitation | None = None,
        by: str | None = None,
        entry: Update | None = None,
    ) -> Response:
        """Writes the response, its counts and its place among the changes in one transaction.
        Gives it as it is stored. `invitation`, as it was read, is needed for its first
        response. `by` is the id of the key that decided. `entry` is that of the visit which
        made it so, where it was not noted before. Raises as Table.transact."""
        stored = in_order(before, after)
        if before is None:
            stored = replace(stored, bucket=bucket_for(shard))
        decided = {"changed_by": by} if by else {}
        put = Put(response_to_item(stored) | decided, as_read(before))
        # The end of an invitation is written to its response too, once there is one. An end
        # that came earlier is on the invitation only.
        first = invitation if before is None else None
        asking = [_mark_asked(first, stored)] if first else []
        changes = merged(
            tally_changes(before, stored),
            {cell: {"asked": 1} for cell in asked_cells(stored)}
            if first and not first.is_asked
            else {},
        )
        counts = tally_writes(after.survey, changes, shard)
        erased = stored.gone and not stored.open
        forgotten: list[Write] = (
            [closed_visit(stored.id, stored.changed_at), outdating()] if erased else []
        )
        change, noted = Put(change_to_item(stored)), [entry] if entry else []
        self._table.transact([put, change, *noted, *asking, *forgotten, *counts])
        return stored

    def press_again(self, before: Response, after: Response) -> None:
        """Only when it was pressed is new: nothing that anybody is told of. Raises as
        Table.write."""
        times = {"pressed_at": after.pressed_at, "commented_at": after.commented_at}
        known = {name: moments.to_text(time) for name, time in times.items() if time}
        self._table.write(Update(keys.response(after.id), set=known, when=as_read(before)))

    def end(
        self,
        invitation: Invitation,
        response: Response | None,
        ended: Ended,
        shard: int,
        read_on: str | None = None,
    ) -> None:
        """The invitation's end and its count, in one transaction. One that is not marked as sent is
        asked on `read_on`. Raises as Table.transact."""
        was, invitation = invitation, replace(invitation, asked_day=invitation.asked_day or read_on)
        end = Update(
            keys.invitation(invitation.id),
            set={"ended": ended.value, "asked_day": invitation.asked_day},
            when={"asked_day": was.asked_day or ABSENT, "ended": ABSENT},
        )
        asked = {} if was.is_asked else {cell: {"asked": 1} for cell in asked_cells(invitation)}
        changes = merged(asked, ending_changes(invitation, response, ended))
        counts = tally_writes(invitation.survey, changes, shard) or tally_touches(
            invitation.survey, asked_cells(invitation), shard
        )
        self._table.transact([end, _mark_ended(invitation, response, ended), *counts])


def _of_both(response_id: str) -> list[Key]:
    return [keys.invitation(response_id), keys.response(response_id)]


def _both(response_id: str, found: Mapping[Key, Item]) -> tuple[Invitation | None, Response | None]:
    invitation, response = map(found.get, _of_both(response_id))
    return (
        invitation_from_item(invitation) if invitation else None,
        response_from_item(response) if response else None,
    )


def _mark_asked(invitation: Invitation, response: Response) -> Write | Check:
    key = keys.invitation(invitation.id)
    standing = {"person": invitation.person or ABSENT}  # it was not erased meanwhile
    if invitation.is_asked:
        return Check(key, {**standing, **_ended_as_read(response)})
    # An answer shows that the e-mail arrived, even before it is marked as sent. An invitation
    # that is not marked has not ended.
    asked = {"asked_day": response.asked_day}
    return Update(key, set=asked, when={**standing, "id": invitation.id, "asked_day": ABSENT})


def _mark_ended(invitation: Invitation, response: Response | None, ended: Ended) -> Write | Check:
    key = keys.response(invitation.id)
    if response is None:
        return Check(key, IF_NEW)
    # The version stays, because the answer did not change: the stream reports answers.
    return Update(key, set={"ended": ended.value}, when=as_read(response))


def as_read(response: Response | None) -> Condition:
    if response is None:
        return {"version": ABSENT}
    pressed_at = moments.to_text(response.pressed_at) if response.pressed_at else ABSENT
    read = {
        "version": response.version,
        "pressed_at": pressed_at,
        "person": response.person or ABSENT,
    }
    return {**read, **_ended_as_read(response)}


def _ended_as_read(response: Response) -> Condition:
    return {"ended": response.ended.value if response.ended else ABSENT}


def answer_place(response: Response) -> str:
    return keys.listed_by(moments.to_text(response.answered_at), response.id)


def change_place(response: Response) -> str:
    return keys.listed_by(moments.to_text(response.changed_at), response.id)


def change_to_item(response: Response) -> Item:
    """Only a place in the index: a reader of changes reads the response itself."""
    return {
        **keys.change(response.id).as_item(),
        "list_pk": keys.bucket(keys.changes_of(response.survey), response.bucket),
        "list_sk": change_place(response),
    }
