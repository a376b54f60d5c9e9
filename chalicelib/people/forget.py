"""Forgets who was asked, some time after it: `keep_days` of the survey. Scores and words stay.

A forgotten invitation is in no list any more. So each run finds only what is left to do, and may
stop after any call.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct

from chalicelib import keys, moments
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.store import InvitationStore
from chalicelib.people.case import Case
from chalicelib.people.store import PeopleStore
from chalicelib.responses.erasing import forgetting as forgetting_answer
from chalicelib.retry import retrying
from chalicelib.surveys.definition import Survey
from chalicelib.table import Check, Delete, Write
from chalicelib.tasks.store import forgetting as forgetting_task

BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)


class ForgetNeeds(Struct, frozen=True):
    """`failed` takes what went wrong with one invitation, so that it does not hold up the
    others. `time_left` gives seconds."""

    surveys: Callable[[], Iterable[Survey]]
    invitations: InvitationStore
    people: PeopleStore
    failed: Callable[[Exception], None]
    pause: Callable[[int], None]
    time_left: Callable[[], float]


class Forgotten(Struct):
    invitations: int = 0
    failed: int = 0
    finished: bool = True


def forget(now: datetime, needs: ForgetNeeds) -> Forgotten:
    """Safe to run twice, also at the same time."""
    done = Forgotten()
    for invitation in _due(now, needs):
        if needs.time_left() <= 0:
            done.finished = False
            break
        try:
            _forget(invitation, needs)
            done.invitations += 1
        except Exception as error:
            needs.failed(error)
            done.failed += 1
    return done


def _due(now: datetime, needs: ForgetNeeds) -> Iterator[Invitation]:
    for survey in needs.surveys():
        # The throttle reads the ledger, which goes with the invitation.
        kept = timedelta(days=max(survey.keep_days, survey.throttle_days))
        for invitation in needs.invitations.made_between(survey.id, BEGINNING, now - kept):
            if invitation.expires_at <= now:
                yield invitation


def _forget(invitation: Invitation, needs: ForgetNeeds) -> None:
    def forget_case(_: int) -> None:
        case = needs.people.case(invitation.id)
        if case.invitation and case.invitation.person:
            needs.people.transact(_forgetting(case.invitation, case))

    retrying(forget_case, needs.pause)
    retrying(lambda _: needs.people.forget_stranger(invitation.person), needs.pause)


def _forgetting(invitation: Invitation, case: Case) -> list[Write | Check]:
    made_at = moments.to_text(invitation.created_at)
    of_person = (keys.asked, keys.not_asked, keys.asked_by_links)
    rows = [row(invitation.person, made_at, invitation.id) for row in of_person]
    mails = [keys.reminder(invitation.id), keys.follow_up(invitation.id)]
    mail_ids = [keys.mail(message) for message in case.mail_ids]
    return [
        *forgetting_answer(invitation, case.response),
        *([forgetting_task(case.task)] if case.task else []),
        *(Delete(key) for key in (*rows, *mails, *mail_ids)),
    ]
