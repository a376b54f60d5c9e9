"""What writing and sending letters needs."""

from collections.abc import Mapping
from datetime import datetime

from chalicelib import wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.mail import wiring as mail_wiring
from chalicelib.notify.about_tasks import HANDED_ON, OPENED, OVERDUE, SOON
from chalicelib.notify.compose import Compose, Composed
from chalicelib.notify.letter import Letter
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.letters import task
from chalicelib.notify.letters.task import TaskLetterNeeds
from chalicelib.notify.send_letter import SendLetterNeeds
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.teams import wiring as teams_wiring


def letters() -> LetterStore:
    return LetterStore(wiring.table())


def send_letter_needs() -> SendLetterNeeds:
    has_stopped = invitations_wiring.people().has_stopped
    return SendLetterNeeds(letters(), composers(), has_stopped, mail_wiring.send_needs())


def composers() -> Mapping[str, Compose]:
    """By the kind of letters."""
    return dict.fromkeys((OPENED, HANDED_ON, SOON, OVERDUE), compose_task)


def compose_task(letter: Letter, now: datetime) -> Composed | str:
    needs = TaskLetterNeeds(
        tasks_wiring.tasks().get,
        teams_wiring.teams().find,
        responses_wiring.responses().find,
        surveys_wiring.catalogue().get,
        mail_wiring.sender,
    )
    return task.compose_task(letter, now, needs)
