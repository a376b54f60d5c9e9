from collections.abc import Sequence
from datetime import date
from functools import partial

from chalicelib import keys, moments
from chalicelib.scores.goals.goal import Goal, Metric
from chalicelib.table import IF_NEW, Item, Put, Query, Table, Write, delete_existing, every


class GoalStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def all(self, survey_id: str) -> list[Goal]:
        """The goal that ends first comes first. One query."""
        found = every(self._table, Query(keys.goals_of(survey_id)))
        return sorted((_from_item(item) for item in found), key=lambda goal: (goal.by, goal.id))

    def by_survey(self, survey_ids: Sequence[str]) -> dict[str, list[Goal]]:
        found = self._table.together([partial(self.all, one) for one in survey_ids])
        return dict(zip(survey_ids, found, strict=True))

    def find(self, survey_id: str, goal_id: str) -> Goal | None:
        item = self._table.get(keys.goal(survey_id, goal_id))
        return _from_item(item) if item else None

    def add(self, goal: Goal, extra: Sequence[Write] = ()) -> None:
        """Raises as Table.transact."""
        self._table.transact([Put(_to_item(goal), IF_NEW), *extra])

    def delete(self, survey_id: str, goal_id: str) -> None:
        """Raises NotFound."""
        delete_existing(self._table, keys.goal(survey_id, goal_id), "goal")


def _to_item(goal: Goal) -> Item:
    by = {"changed_by": goal.changed_by} if goal.changed_by else {}
    return {
        **by,
        **keys.goal(goal.survey, goal.id).as_item(),
        "id": goal.id,
        "survey": goal.survey,
        "metric": goal.metric.value,
        # The table keeps whole numbers only.
        "target": repr(goal.target),
        "by": goal.by.isoformat(),
        "created_at": moments.to_text(goal.created_at),
    }


def _from_item(item: Item) -> Goal:
    return Goal(
        id=item["id"],
        survey=item["survey"],
        metric=Metric(item["metric"]),
        target=float(item["target"]),
        by=date.fromisoformat(item["by"]),
        created_at=moments.from_text(item["created_at"]),
    )
