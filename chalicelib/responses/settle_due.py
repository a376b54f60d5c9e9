"""Settles what is due before a number is read, so that a late tick changes no number."""

from datetime import datetime

from chalicelib.responses import tap, wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey


def settled(survey_id: str, now: datetime) -> Survey:
    """The survey, after its due answers are settled. Raises NotFound."""
    survey = surveys_wiring.surveys().get(survey_id)
    settle(survey, now)
    return survey


def settle(survey: Survey, now: datetime) -> None:
    tap.settle_due(survey, now, wiring.tap_needs(survey))
