"""The follow-up e-mail to an unhappy person. It is planned at once and sent after a pause, so
that a comment can come first. It is not sent when the answer has improved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.invitations.invitation import Invitation, Reason
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import is_unhappy

# Nobody is written to about what was said longer ago. Its task is opened all the same.
FRESH_FOR: Final = timedelta(days=1)
IMPROVED: Final = "answer_improved"


@dataclass(frozen=True)
class FollowUp:
    """`id` is that of the response, so that a response has at most one follow-up."""

    id: str
    survey: str
    created_at: datetime
    due_at: datetime


def follow_up_for(response: Response, survey: Survey, now: datetime) -> FollowUp:
    due_at = response.answered_at + timedelta(minutes=survey.follow_up_minutes)
    return FollowUp(response.id, survey.id, now, due_at)


def reason_not_to_plan(
    invitation: Invitation | None, response: Response, now: datetime
) -> str | None:
    if now - response.changed_at > FRESH_FOR:
        return "too_old"
    # There is no address for an answer by an open link, or for a ticket without a person.
    return None if invitation and invitation.email else Reason.NO_ADDRESS.value


def reason_not_to_open(response: Response | None) -> str | None:
    """A task. Who wishes to be called is called, however happy they are."""
    reason = reason_not_to_follow_up(response)
    wished = reason == IMPROVED and response is not None and response.contact
    return None if wished else reason


def reason_not_to_follow_up(response: Response | None) -> str | None:
    if response is None or response.gone:
        return "erased"
    if not response.is_counted or response.band is None:
        return "not_counted"
    return None if is_unhappy(response.band) else IMPROVED
