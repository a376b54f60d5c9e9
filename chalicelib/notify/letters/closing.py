"""The letter to whoever had answered: what was done about it, and whether that helped."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from chalicelib import moments
from chalicelib.errors import NotFound
from chalicelib.invitations.invitation import Invitation, Reason
from chalicelib.invitations.links import language_of
from chalicelib.invitations.throttle import Person, reason_not_to_mail
from chalicelib.invitations.token import Link, Purpose, make_token
from chalicelib.mail.letter import Sender
from chalicelib.notify.compose import Addressee, Composed
from chalicelib.notify.letter import Letter, letter_for
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.course_items import ASKS_FOR
from chalicelib.tasks.helped import NO, YES
from chalicelib.tasks.task import Task

KIND: Final = "closing"


class ClosingNeeds(Struct, frozen=True):
    """`task` raises NotFound."""

    task: Callable[[str], Task]
    invitation: Callable[[str], Invitation | None]
    person: Callable[[str], Person]
    survey: Callable[[str], Survey]
    sender: Callable[[], Sender]


def closing_letter(task: str, survey: str, told_at: str, now: datetime) -> Letter:
    """One for each closing."""
    return letter_for(KIND, task, {"invitation": task}, now, survey, once=told_at)


def compose_closing(letter: Letter, needs: ClosingNeeds) -> Composed | str:
    try:
        task = needs.task(letter.about)
    except NotFound:
        return Reason.ERASED.value
    words = task.closing.tell if task.closing else None
    if words is None or not _is_of_closing(task, letter):
        return "opened_again"
    invitation = needs.invitation(letter.to["invitation"])
    if invitation is None:
        return Reason.NO_ADDRESS.value  # an open link asked nobody
    reason = reason_not_to_mail(invitation, needs.person(invitation.person))
    return reason.value if reason else _composed(task, words, invitation, needs)


def _is_of_closing(task: Task, letter: Letter) -> bool:
    return task.told_at is not None and moments.to_text(task.told_at) == letter.once


def _composed(task: Task, words: str, invitation: Invitation, needs: ClosingNeeds) -> Composed:
    survey, ticket = needs.survey(task.survey), invitation.ticket
    lang = language_of(invitation, survey)
    facts = {
        "survey_name": survey.name,
        "team": survey.team,
        "person_name": invitation.name,
        "ticket_id": ticket.id if ticket else None,
        "ticket_subject": ticket.subject if ticket else None,
        "words": words,
        "links": _links(task, lang, needs.sender()),
    }
    return Composed(Addressee(invitation.person, invitation.email, lang), survey.id, facts)


def _links(task: Task, lang: str, sender: Sender) -> list[tuple[int, Any]]:
    link = Link(task.id, task.survey, (task.told_at or task.created_at) + ASKS_FOR, lang)
    token = make_token(link, Purpose.HELPED, sender.keys.active, sender.keys)
    return [(said, f"{sender.base_url}/h/{token}/{said}") for said in (NO, YES)]
