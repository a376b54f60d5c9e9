"""Survey definitions and the brand, kept in memory. To show the answer page nothing else is
read."""

from collections.abc import Callable

from chalicelib.brands.brand import NO_BRAND, Brand
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.store import SurveyStore

MAX_AGE_S = 60.0


class Catalogue:
    """The brand comes with a survey in one call, so that it costs a tap none."""

    def __init__(self, store: SurveyStore, seconds: Callable[[], float]) -> None:
        self._store = store
        self._seconds = seconds
        self._kept: dict[str, tuple[float, Survey]] = {}
        self._brand: tuple[float, Brand] | None = None

    def get(self, survey_id: str) -> Survey:
        """At most a minute old. Raises NotFound."""
        read_at, survey = self._kept.get(survey_id, (float("-inf"), None))
        if survey is None or self._is_old(read_at):
            survey, brand = self._store.get_with_brand(survey_id)
            now = self._seconds()
            self._kept[survey_id], self._brand = (now, survey), (now, brand)
        return survey

    def brand(self) -> Brand:
        """At most a minute old. Nothing is read after `get`."""
        if self._brand is None or self._is_old(self._brand[0]):
            self._brand = (self._seconds(), self._store.brand())
        return self._brand[1]

    def known_brand(self) -> Brand:
        """Without a read, for a page that says that reading failed."""
        return self._brand[1] if self._brand else NO_BRAND

    def forget_brand(self) -> None:
        """Whoever changed it sees it at once, if the same process answers."""
        self._brand = None

    def _is_old(self, read_at: float) -> bool:
        return self._seconds() - read_at > MAX_AGE_S
