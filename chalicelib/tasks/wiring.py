"""What the use cases of tasks need."""

from datetime import datetime
from functools import partial

from chalicelib import wiring
from chalicelib.accounts.owners import OwnerStore
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.response import Response
from chalicelib.retry import reading
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.tally import wiring as tally_wiring
from chalicelib.tasks.change_task import ChangeTaskNeeds
from chalicelib.tasks.change_task import close_unasked as close
from chalicelib.tasks.helped import HelpedNeeds
from chalicelib.tasks.helped_store import HelpedStore
from chalicelib.tasks.holidays_kept import holidays_kept
from chalicelib.tasks.open_by_hand import OpenByHandNeeds
from chalicelib.tasks.reach import Untold, why_untold
from chalicelib.tasks.show_tasks import ShowTasksNeeds
from chalicelib.tasks.store import TaskStore
from chalicelib.tasks.task import Task
from chalicelib.teams import wiring as teams_wiring
from chalicelib.web.idempotency import DeliveryStore


def tasks() -> TaskStore:
    return TaskStore(wiring.table())


def change_task_needs() -> ChangeTaskNeeds:
    shard_of = tally_wiring.shards().for_try
    surveys, teams = surveys_wiring.surveys(), teams_wiring.teams()
    return ChangeTaskNeeds(tasks(), surveys.get, teams.find, wiring.pause, shard_of, holidays_kept)


def open_by_hand_needs() -> OpenByHandNeeds:
    return OpenByHandNeeds(change_task_needs(), DeliveryStore(wiring.table()))


def helped_needs() -> HelpedNeeds:
    find = invitations_wiring.invitations().find
    return HelpedNeeds(HelpedStore(wiring.table()), change_task_needs(), find)


def show_tasks_needs(told: Disclosure) -> ShowTasksNeeds:
    catalogue = surveys_wiring.catalogue()
    return ShowTasksNeeds(
        responses_wiring.responses(), lambda survey_id: catalogue.get(survey_id).tz, told
    )


def untold(task: Task, survey: Survey) -> Untold | None:
    """Why nothing can be sent to the person of the task; None: it can."""
    invitations, person = invitations_wiring.invitations(), invitations_wiring.people().get
    invitation = reading(partial(invitations.find, task.id), wiring.pause)
    return why_untold(survey, invitation, person)


def owners() -> OwnerStore:
    return OwnerStore(wiring.table())


def close_unasked(response: Response, now: datetime) -> None:
    close(response, now, change_task_needs())
