"""What several pages need."""

from typing import Any

from chalicelib.api_keys.api_key import ApiKey
from chalicelib.brands.brand import PLAIN, Branding, branding_at
from chalicelib.dashboard.visit import Visit
from chalicelib.errors import Unavailable
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey


def surveys_within(key: ApiKey) -> list[Survey]:
    """All that a choice among surveys offers, by name."""
    return [survey for survey in surveys_wiring.surveys().every() if key.reaches(survey.id)]


def branding_for(visit: Visit[Any]) -> Branding:
    """Of the navigation. No page fails for it, and only who has signed in is shown one."""
    if visit.member is None:
        return PLAIN
    try:
        return branding_at(visit.mount, surveys_wiring.catalogue().brand())
    except Unavailable:
        return PLAIN
