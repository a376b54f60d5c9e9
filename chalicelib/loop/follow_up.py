"""The follow-up e-mail to an unhappy person: planned at once, sent after a pause that
lets a comment arrive, and not at all when the answer has changed for the better."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.respond.response import Response
from chalicelib.survey.definition import Survey
from chalicelib.survey.scale import Band


@dataclass(frozen=True)
class FollowUp:
    """One response, one follow-up: it has the response's id."""

    id: str
    survey: str
    status: str
    created_at: datetime
    due_at: datetime


def follow_up_for(response: Response, survey: Survey, now: datetime) -> FollowUp:
    due_at = response.answered_at + timedelta(minutes=survey.follow_up_minutes)
    return FollowUp(response.id, survey.id, "waiting", now, due_at)


def reason_not_to_follow_up(response: Response | None) -> str | None:
    if response is None or response.gone:
        return "erased"
    return None if response.band is Band.DETRACTOR else "answer_improved"
