"""The questions that a survey's page asks the API. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from chalicelib.dashboard.survey.query import SurveyQuery, course_of, spelled
from chalicelib.periods import Range, is_calendar_period
from chalicelib.scores.query import EVERY_SEGMENT
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import band_of, points_of

Asked = Mapping[str, str | None]
# More words than these are read one page after another.
WORDS_ON_A_PAGE: Final = 10


class Asking(Struct, frozen=True):
    survey: Survey
    query: SurveyQuery
    days: Range
    today: date

    @property
    def spoken(self) -> str:
        """Whose words. Those of the unhappy first; of a sealed survey everybody's, since few
        answers are shown without their score."""
        return self.query.words or ("all" if self.survey.is_sealed else "unhappy")

    @property
    def words(self) -> Asked:
        points = points_of(self.survey.scale)
        point = {"unhappy": points[0], "happy": points[-1]}.get(self.spoken)
        band = None if point is None else band_of(point, self.survey.scale).value
        query = self.query
        filters = {"theme": query.theme, "q": query.q, "segment": query.segment}
        return {**spelled(self.days), "commented": "true", "band": band, **filters}

    @property
    def page_of_words(self) -> Asked:
        limit = str(WORDS_ON_A_PAGE)
        return {**self.words, "limit": limit, "cursor": self.query.cursor}

    @property
    def scores(self) -> Asked:
        return {**spelled(self.days), "segment": self.query.segment, "interval": "month"}

    @property
    def course(self) -> Asked:
        return {**self.scores, **spelled(course_of(self.days, self.today)), "compare": "none"}

    @property
    def segments(self) -> Asked:
        """Of a sealed survey they are of its whole life."""
        days = {} if self.survey.is_sealed else spelled(self.days)
        return {**days, "by": EVERY_SEGMENT}

    @property
    def insights(self) -> Asked:
        """Only of a period that is tested; else of the last month that is over."""
        return spelled(self.days) if is_calendar_period(self.days) else {}

    @property
    def outcomes(self) -> Asked:
        return {"kind": self.query.outcome.value}

    @property
    def tasks(self) -> Asked:
        return {"survey": self.survey.id, "limit": "100"}
