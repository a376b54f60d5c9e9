"""What is due is settled before a number is read."""

from chalicelib import moments
from chalicelib.surveys.definition import Survey


def settled(survey: str) -> Survey:
    """The survey, with every answer counted that is due: a late tick changes no number."""
    from chalicelib.surveys import wiring as surveys_wiring

    definition = surveys_wiring.surveys().get(survey)
    settle(definition)
    return definition


def settle(survey: Survey) -> None:
    from chalicelib.responses import wiring as responses_wiring
    from chalicelib.responses.tap import settle_due

    settle_due(survey, moments.now(), responses_wiring.taking(survey))
