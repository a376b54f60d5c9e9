"""The follow-up e-mail to a person whose answer the plan wants one for. It is planned at once and
sent after a pause, so that a comment can come first. It is not sent when the plan no longer wants
it then."""

from datetime import datetime

from msgspec import Struct

from chalicelib.invitations.invitation import Invitation, Reason
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.plan import id_of, reason_to_drop


class FollowUp(Struct, frozen=True):
    """`id` is that of the response, so that a response has at most one follow-up."""

    id: str
    survey: str
    created_at: datetime
    due_at: datetime


def reason_not_to_plan(invitation: Invitation | None) -> str | None:
    # There is no address for an answer by an open link, or for a ticket without a person.
    return None if invitation and invitation.email else Reason.NO_ADDRESS.value


def reason_not_to_follow_up(survey: Survey, response: Response | None) -> str | None:
    effect_id = id_of(response.id, "follow_up") if response else ""
    return reason_to_drop(survey, response, effect_id)
