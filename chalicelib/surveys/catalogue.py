"""Survey definitions kept in memory. To show the answer page nothing else is read."""

from collections.abc import Callable

from chalicelib.surveys.definition import Survey
from chalicelib.surveys.store import SurveyStore

MAX_AGE_S = 60.0


class Catalogue:
    def __init__(self, store: SurveyStore, seconds: Callable[[], float]) -> None:
        self._store = store
        self._seconds = seconds
        self._kept: dict[str, tuple[float, Survey]] = {}

    def get(self, survey_id: str) -> Survey:
        """At most a minute old. Raises NotFound."""
        read_at, survey = self._kept.get(survey_id, (float("-inf"), None))
        if survey is None or self._seconds() - read_at > MAX_AGE_S:
            survey = self._store.get(survey_id)
            self._kept[survey_id] = (self._seconds(), survey)
        return survey
