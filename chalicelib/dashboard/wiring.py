"""What several pages need."""

from chalicelib.api_keys.api_key import ApiKey
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey


def surveys_within(key: ApiKey) -> list[Survey]:
    """All that a choice among surveys offers, by name."""
    return [survey for survey in surveys_wiring.surveys().every() if key.reaches(survey.id)]
