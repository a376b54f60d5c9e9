from typing import Any

from chalicelib import keys, moments
from chalicelib.errors import NotFound, WriteRefused
from chalicelib.intake.invitation import Ticket
from chalicelib.intake.items import ticket_to_item
from chalicelib.loop.follow_up import FollowUp
from chalicelib.loop.task import Task
from chalicelib.table import IF_NEW, Item, Put, Query, Table


class TaskStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, task: Task) -> None:
        """The same task again is no second one."""
        try:
            self._table.write(Put(_task_to_item(task), IF_NEW))
        except WriteRefused:
            return

    def get(self, task_id: str) -> Task:
        """Raises NotFound."""
        item = self._table.get(keys.task(task_id))
        if item is None:
            raise NotFound("task")
        return _task_from_item(item)

    def page(self, state: str, limit: int, after: Item | None) -> tuple[list[Task], Item | None]:
        """The most urgent first."""
        page = self._table.query(
            Query(keys.tasks_in(state), index="listed", limit=limit, after=after)
        )
        return [_task_from_item(item) for item in page.items], page.next


class FollowUpStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, follow_up: FollowUp) -> None:
        """The same follow-up again is no second one."""
        try:
            self._table.write(Put(_follow_up_to_item(follow_up), IF_NEW))
        except WriteRefused:
            return

    def find(self, response_id: str) -> Item | None:
        return self._table.get(keys.follow_up(response_id))


def _task_to_item(task: Task) -> Item:
    due_at = moments.to_text(task.due_at)
    item: Item = {
        **keys.task(task.id).as_item(),
        "list_pk": keys.tasks_in(task.state),
        "list_sk": keys.listed_by(due_at, task.id),
        "due_shard": keys.due_shard(task.id),
        "due_at": due_at,
        "id": task.id,
        "survey": task.survey,
        "team": task.team,
        "state": task.state,
        "created_at": moments.to_text(task.created_at),
    }
    return item | ({"ticket": ticket_to_item(task.ticket)} if task.ticket else {})


def _task_from_item(item: dict[str, Any]) -> Task:
    return Task(
        id=item["id"],
        survey=item["survey"],
        team=item["team"],
        state=item["state"],
        ticket=Ticket(**item["ticket"]) if "ticket" in item else None,
        created_at=moments.from_text(item["created_at"]),
        due_at=moments.from_text(item["due_at"]),
        overdue=item.get("overdue", False),
    )


def _follow_up_to_item(follow_up: FollowUp) -> Item:
    return {
        **keys.follow_up(follow_up.id).as_item(),
        "due_shard": keys.due_shard(follow_up.id),
        "due_at": moments.to_text(follow_up.due_at),
        "id": follow_up.id,
        "survey": follow_up.survey,
        "status": follow_up.status,
        "created_at": moments.to_text(follow_up.created_at),
        "attempts": 0,
    }
