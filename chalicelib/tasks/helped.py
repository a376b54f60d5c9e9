"""*Did this help?* What is seen of its links is judged as a tap is: a GET says nothing, and a
scanner's visit does not count. The answer stands on the task."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from msgspec import Struct

from chalicelib.errors import LinkRejected, NotFound, VisitFull
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.token import Link, ends_at
from chalicelib.responses.judge.facts import Act, Beacon, Fact, Facts
from chalicelib.responses.judge.judge import Delivery, judge
from chalicelib.responses.judge.verdict import State, Verdict
from chalicelib.retry import retrying
from chalicelib.tasks.change_task import ChangeTaskNeeds, rewrite
from chalicelib.tasks.course_items import ASKS_FOR
from chalicelib.tasks.helped_store import HelpedStore
from chalicelib.tasks.task import Task, answered_help
from chalicelib.teams.due import due_at

NO, YES = 0, 1


class HelpedNeeds(Struct, frozen=True):
    asked: HelpedStore
    change: ChangeTaskNeeds
    invitation: Callable[[str], Invitation | None]


def note(link: Link, fact: Fact, needs: HelpedNeeds) -> Facts:
    """Raises VisitFull, LinkRejected where nobody asks any more, Unavailable after all tries."""
    told_at = needs.asked.told_at(link.invitation)
    if told_at is None or ends_at(told_at + ASKS_FOR) != link.expires:
        raise LinkRejected
    return retrying(
        lambda _: needs.asked.note(link.invitation, fact, link.expires), needs.change.pause
    )


def take_beacon(link: Link, beacon: Beacon, now: datetime, needs: HelpedNeeds) -> bool:
    """Whether the tap of the beacon's own visit counts by now."""
    with suppress(VisitFull):
        note(link, beacon, needs)
        return settle(link.invitation, now, needs).counts(beacon.visit, beacon.score)
    return False


def take_act(link: Link, act: Act, now: datetime, needs: HelpedNeeds) -> State:
    """The state of this form. Raises as `note`."""
    note(link, act, needs)
    verdict = settle(link.invitation, now, needs)
    stands = (verdict.operation, verdict.score) == (act.operation, act.score)
    return verdict.state if stands else State.HELD


def settle(task_id: str, now: datetime, needs: HelpedNeeds) -> Verdict:
    """Safe to run twice. Raises LinkRejected where nobody asks any more, and Unavailable after all
    tries."""
    invitation, told_at = needs.invitation(task_id), needs.asked.told_at(task_id)
    if told_at is None or invitation is None or invitation.is_erased:
        raise LinkRejected
    facts = needs.asked.facts(task_id)
    delivery = Delivery(
        delivered_at=told_at.timestamp(),
        expires_at=(told_at + ASKS_FOR).timestamp(),
        scanned=invitation.posture == "scanned",
    )
    verdict = judge(facts, delivery, max(now.timestamp(), facts.last_at))
    if verdict.state is State.COUNTED:
        _record(task_id, told_at, verdict.score == YES, now, needs)
    if verdict.settles_at is not None:
        needs.asked.wait(task_id, datetime.fromtimestamp(verdict.settles_at, UTC))
    return verdict


def _record(task_id: str, told_at: datetime, yes: bool, now: datetime, needs: HelpedNeeds) -> None:
    def after(before: Task) -> Task:
        due = before.due_at if yes else _due_again(before, now, needs.change)
        return answered_help(before, told_at, yes, due, now)

    with suppress(NotFound):
        rewrite(task_id, None, after, needs.change)


def _due_again(task: Task, now: datetime, needs: ChangeTaskNeeds) -> datetime:
    team = needs.team(task.team_id) if task.team_id else None
    calendar = team.calendar if team else None
    hours = needs.survey(task.survey).task_hours
    return due_at(now, hours, calendar, needs.holidays(calendar))
