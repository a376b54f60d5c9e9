"""The events that a change of a task means. Pure."""

from collections.abc import Mapping

from chalicelib.events import (
    ClosingWritten,
    Event,
    TaskClosed,
    TaskHandedOn,
    TaskOpened,
    TaskOverdue,
    TaskResumed,
)
from chalicelib.table import Item


def task_events(facts: Mapping[str, str], old: Item, new: Item) -> list[Event]:
    found = [*_progress_events(facts, old, new), *_resumed_events(facts, old, new)]
    return [*found, *_told_events(facts, old, new)]


def _resumed_events(facts: Mapping[str, str], old: Item, new: Item) -> list[Event]:
    """Moments are compared as they are stored."""
    is_open = old.get("state") == new["state"] == "open"
    if not is_open or new.get("waits_until", "") >= old.get("waits_until", ""):
        return []
    own = {**facts, "id": f"{facts['id']}-resumed"}
    ids = {name: new[name] for name in ("survey", "team", "due_at")}
    return [TaskResumed(**own, task=new["id"], **ids)]


def _told_events(facts: Mapping[str, str], old: Item, new: Item) -> list[Event]:
    if new.get("told_at") in (None, old.get("told_at")):
        return []
    about = {"task": new["id"], "survey": new["survey"], "told_at": new["told_at"]}
    own = {**facts, "id": f"{facts['id']}-told"}
    return [ClosingWritten(**own, **about)]


def _progress_events(facts: Mapping[str, str], old: Item, new: Item) -> list[Event]:
    ids = {"task": new["id"], "survey": new["survey"], "team": new["team"]}
    if new["state"] == "closed":
        why = {name: new.get(name) for name in ("cause", "fixed")}
        is_told = why == {name: old.get(name) for name in why}
        return [] if is_told else [TaskClosed.model_validate({**facts, **ids, **why})]
    due, owner = {"due_at": new["due_at"]}, new.get("owner")
    work = {**due, "owner": owner, "task_version": int(new.get("version", 0))}
    if old.get("state") != "open":
        return [TaskOpened.model_validate({**facts, **ids, **work})]
    if new.get("overdue") and not old.get("overdue"):
        return [TaskOverdue(**facts, **ids, **due)]
    if owner and owner != old.get("owner"):
        return [TaskHandedOn.model_validate({**facts, **ids, **work})]
    return []
