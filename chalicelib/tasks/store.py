from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import asdict, replace

from chalicelib import keys, moments
from chalicelib.errors import NotFound, WriteRefused
from chalicelib.invitations.items import later_mail, ticket_from_item, ticket_to_item
from chalicelib.listed import Listing, read_list
from chalicelib.surveys.cause import folded
from chalicelib.table import (
    ABSENT,
    IF_NEW,
    Check,
    Condition,
    Delete,
    Item,
    Put,
    Query,
    Table,
    Update,
    Write,
    each,
)
from chalicelib.tally.shards import bucket_for, buckets_of, opened
from chalicelib.tally.tally import Cell, tally_writes
from chalicelib.tasks import course_items
from chalicelib.tasks.counts import task_changes, task_contribution
from chalicelib.tasks.follow_up import FollowUp
from chalicelib.tasks.history import Entry, without_notes
from chalicelib.tasks.task import CLOSED, Task

# Attributes that a task has in one state and not in the other.
STATE_ATTRIBUTES = (
    *("due_shard", "cause", "fixed", "note", "closed_at", "closed_day"),
    *("owner", "is_taken", "waits_until", "history"),
    *("overdue", *course_items.ATTRIBUTES),
)


class TaskStore:
    def __init__(self, table: Table) -> None:
        self._table = table
        self._buckets: int | None = None  # of the lists of a request

    def add(self, task: Task, shard: int, also: Sequence[Write] = ()) -> None:
        """The task and its counts, in one transaction with the other writes. Raises as
        Table.transact, also when the answer was erased meanwhile."""
        task = replace(task, bucket=bucket_for(shard))
        counts = tally_writes(task.survey, task_changes(None, task), shard)
        answer = Check(keys.response(task.id), {"gone": ABSENT})
        self._table.transact([Put(_task_to_item(task), IF_NEW), answer, *counts, *also])

    def find_all(self, task_ids: Sequence[str]) -> dict[str, Task]:
        found = each(self._table, list(map(keys.task, task_ids)), consistent=False)
        return {item["id"]: task_from_item(item) for item in found.values()}

    def get(self, task_id: str) -> Task:
        """Raises NotFound."""
        item = self._table.get(keys.task(task_id))
        if item is None:
            raise NotFound("task")
        return task_from_item(item)

    def page(self, state: str, limit: int, place: str | None) -> tuple[list[Task], str | None]:
        """Open tasks: the most urgent first. Closed tasks: the last closed first. Those behind
        the place, and the place of the last one, None at the end."""
        if self._buckets is None:
            self._buckets = buckets_of(opened(self._table, keys.ANY_SURVEY))
        listing = Listing(keys.tasks_in(state), newest_first=state == CLOSED)
        page = read_list(self._table, listing, keys.task, self._buckets, limit, place)
        return [task_from_item(item) for item in page.items], page.next

    def replace(self, before: Task, after: Task, by: str | None, shard: int) -> None:
        """The task and its counts, in one transaction. `by` is the id of a key, None where nobody
        did it. Raises as Table.transact."""
        now = _state_attributes(after)
        gone = [name for name in STATE_ATTRIBUTES if name not in now]
        changed = now | ({"changed_by": by} if by else {})
        task = Update(keys.task(after.id), set=changed, remove=gone, when=_as_read(before))
        counts = tally_writes(after.survey, task_changes(before, after), shard)
        is_told = after.told_at is not None and after.told_at != before.told_at
        asking = [Put(course_items.asking_to_item(after))] if is_told else []
        self._table.transact([task, *asking, *counts])

    def delete(self, task: Task, shard: int) -> None:
        """The task and its counts, in one transaction. Raises as Table.transact."""
        self._table.transact(erasing(task, shard))

    def spelling(self, survey_id: str, cause: str) -> str:
        """The cause as the team of the survey first spelled it. The first spelling is stored."""
        key = keys.cause(survey_id, folded(cause)).as_item()
        try:
            self._table.write(Put({**key, "cause": cause}, IF_NEW))
        except WriteRefused as refused:
            return str((refused.current or {}).get("cause", cause))
        return cause

    def causes_named(self, survey_id: str) -> list[str]:
        """Some of those that were named before."""
        found = self._table.query(Query(keys.cause(survey_id, "").pk, limit=50)).items
        return [item["cause"] for item in found]

    def causes_of(self, response_ids: Sequence[str]) -> dict[str, str]:
        """The causes by response. Responses without a closed task are missing."""
        wanted = [keys.task(response_id) for response_id in response_ids]
        # For lists, whose index is a moment old anyway.
        items = each(self._table, wanted, consistent=False)
        return {item["id"]: item["cause"] for item in items.values() if item.get("cause")}


def task_place(task: Task) -> str:
    moment = task.closing.at if task.closing else task.due_at
    return keys.listed_by(moments.to_text(moment), task.id)


def erasing(task: Task, shard: int) -> list[Write]:
    """Deletes the task with its counts. For a transaction."""
    counts = tally_writes(task.survey, task_changes(task, None), shard)
    asked = [Delete(keys.helped(task.id))] if task.told_at else []
    return [Delete(keys.task(task.id), _as_read(task)), *asked, *counts]


def forgetting(task: Task) -> Update:
    """Takes the ticket and the notes out of the task."""
    history = {"history": _entries(without_notes(task.history))} if task.history else {}
    return Update(
        keys.task(task.id),
        set=history,
        add={"version": 1},
        remove=["ticket", "note", "tell"],
        when=_as_read(task),
    )


def _as_read(task: Task) -> Condition:
    return {
        "state": task.listed_in,
        "version": task.version or ABSENT,
        "overdue": task.overdue or ABSENT,
    }


def task_cells(item: Item) -> dict[Cell, dict[str, int]]:
    return task_contribution(task_from_item(item))


def _task_to_item(task: Task) -> Item:
    item: Item = {
        **keys.task(task.id).as_item(),
        **_state_attributes(task),
        "id": task.id,
        "survey": task.survey,
        "team": task.team,
        "created_at": moments.to_text(task.created_at),
        "opened_day": task.opened_day,
    }
    item |= {"team_id": task.team_id} if task.team_id else {}
    item |= {"unhappy": task.unhappy} if task.unhappy else {}
    return item | ({"ticket": ticket_to_item(task.ticket)} if task.ticket else {})


def _state_attributes(task: Task) -> Item:
    """The attributes that change."""
    closing = task.closing
    item: Item = (
        {
            "list_pk": keys.bucket(keys.tasks_in(task.listed_in), task.bucket),
            "list_sk": task_place(task),
            "state": task.listed_in,
            "due_at": moments.to_text(task.due_at),
            "version": task.version,
        }
        | _work(task)
        | course_items.course_to_item(task)
    )
    if closing:
        item |= {"cause": closing.cause, "fixed": closing.fixed}
        item |= {"closed_at": moments.to_text(closing.at), "closed_day": closing.day}
        item |= {"note": closing.note} if closing.note else {}
    elif not task.overdue:
        item["due_shard"] = keys.due_shard(task.id)
    return item


def _work(task: Task) -> Item:
    until = moments.to_text(task.waits_until) if task.waits_until else None
    entries = _entries(task.history) or None
    facts: Item = {"owner": task.owner, "waits_until": until, "history": entries}
    facts |= {"is_taken": task.is_taken or None, "overdue": task.overdue or None}
    return {name: value for name, value in facts.items() if value is not None}


def _entries(history: Sequence[Entry]) -> list[Item]:
    def item(entry: Entry) -> Item:
        times = {"at": moments.to_text(entry.at)}
        times |= {"until": moments.to_text(entry.until)} if entry.until else {}
        return {name: value for name, value in (asdict(entry) | times).items() if value is not None}

    return [item(entry) for entry in history]


def _entry_from_item(item: Item) -> Entry:
    return Entry(
        at=moments.from_text(item["at"]),
        by=item["by"],
        what=item["what"],
        owner=item.get("owner"),
        until=_moment(item, "until"),
        note=item.get("note"),
    )


def _moment(item: Item, name: str) -> datetime | None:
    return moments.from_text(item[name]) if name in item else None


def task_from_item(item: dict[str, Any]) -> Task:
    return Task(
        id=item["id"],
        survey=item["survey"],
        team=item["team"],
        team_id=item.get("team_id"),
        unhappy=item.get("unhappy"),
        ticket=ticket_from_item(item),
        created_at=moments.from_text(item["created_at"]),
        due_at=moments.from_text(item["due_at"]),
        opened_day=item.get("opened_day"),
        owner=item.get("owner"),
        is_taken=item.get("is_taken", False),
        waits_until=_moment(item, "waits_until"),
        history=tuple(map(_entry_from_item, item.get("history", ()))),
        overdue=item.get("overdue", False),
        version=item.get("version", 0),
        closing=course_items.closing_from_item(item) if item["state"] == CLOSED else None,
        bucket=keys.bucket_in(item["list_pk"]),
        imported_at=_moment(item, "imported_at"),
        **course_items.course_from_item(item),
    )


def follow_up_to_item(follow_up: FollowUp) -> Item:
    key = keys.follow_up(follow_up.id)
    return later_mail(key, follow_up.id, follow_up.survey, follow_up.due_at, follow_up.created_at)
