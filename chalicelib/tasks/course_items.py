"""How a task goes, as attributes of its item."""

from datetime import datetime, timedelta
from typing import Any, Final

from msgspec.structs import asdict

from chalicelib import keys, moments
from chalicelib.invitations.items import VISIT_OUTLIVES_LINK
from chalicelib.surveys.plan import when_from_item, when_to_item
from chalicelib.table import Item
from chalicelib.tasks.closing import Closing
from chalicelib.tasks.task import Task, Touch

ASKS_FOR: Final = timedelta(days=30)
ATTRIBUTES: Final = (
    *("touched", "again_at", "helped", "told_at", "worked_hours", "tell"),
    *("conditions", "by_wish"),
)


def course_to_item(task: Task) -> Item:
    facts: Item = {"touched": _touched(task.touched), "helped": task.helped}
    facts |= {"conditions": list(map(when_to_item, task.conditions)) or None}
    facts |= {"by_wish": task.by_wish or None}
    facts |= {"again_at": _text(task.again_at), "told_at": _text(task.told_at)}
    if task.closing:
        facts |= {"worked_hours": task.closing.worked_hours, "tell": task.closing.tell}
    return {name: value for name, value in facts.items() if value is not None}


def course_from_item(item: Item) -> dict[str, Any]:
    """What `Task` takes."""
    touched = item.get("touched")
    return {
        "touched": _touch(touched) if touched else None,
        "again_at": _moment(item, "again_at") if "again_at" in item else None,
        "told_at": _moment(item, "told_at") if "told_at" in item else None,
        "helped": item.get("helped"),
        "conditions": tuple(map(when_from_item, item.get("conditions", ()))),
        "by_wish": item.get("by_wish", False),
    }


def asking_to_item(task: Task) -> Item:
    """What is seen of the links of *Did this help?* is noted in it."""
    told_at = task.told_at or task.created_at
    ends = told_at + ASKS_FOR + VISIT_OUTLIVES_LINK
    key = keys.helped(task.id).as_item()
    return {**key, "told_at": moments.to_text(told_at), "expires_at": int(ends.timestamp())}


def closing_from_item(item: Item) -> Closing:
    return Closing(
        cause=item["cause"],
        fixed=item["fixed"],
        note=item.get("note"),
        at=_moment(item, "closed_at"),
        day=item["closed_day"],
        worked_hours=item.get("worked_hours"),
        tell=item.get("tell"),
    )


def _touched(touch: Touch | None) -> Item | None:
    return {**asdict(touch), "at": moments.to_text(touch.at)} if touch else None


def _touch(item: Item) -> Touch:
    return Touch(_moment(item, "at"), item["worked_hours"], item["in_time"])


def _text(moment: datetime | None) -> str | None:
    return moments.to_text(moment) if moment else None


def _moment(item: Item, name: str) -> datetime:
    return moments.from_text(item[name])
