"""What the use cases of tasks need."""

from chalicelib import wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tasks.change_task import ChangeTaskNeeds
from chalicelib.tasks.store import FollowUpStore, TaskStore


def tasks() -> TaskStore:
    return TaskStore(wiring.table())


def change_task_needs() -> ChangeTaskNeeds:
    return ChangeTaskNeeds(tasks(), surveys_wiring.surveys().get, wiring.pause, wiring.pick)


def follow_ups() -> FollowUpStore:
    return FollowUpStore(wiring.table())
