"""What is due is settled before a number is read: a late tick changes no number."""

from datetime import datetime

from chalicelib.responses import tap, wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey


def settled(survey_id: str, now: datetime) -> Survey:
    """The survey, with every answer counted that is due. Raises NotFound."""
    survey = surveys_wiring.surveys().get(survey_id)
    settle(survey, now)
    return survey


def settle(survey: Survey, now: datetime) -> None:
    tap.settle_due(survey, now, wiring.taking(survey))
