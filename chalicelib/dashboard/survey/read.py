"""What a survey's page shows, as the API gives it."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from chalicelib import moments
from chalicelib.dashboard.ask import Ask, Part
from chalicelib.dashboard.survey.asked import Asking
from chalicelib.dashboard.survey.query import SurveyQuery, days_of
from chalicelib.errors import Unavailable
from chalicelib.outcomes.routes import show_outcomes_of_survey
from chalicelib.responses.routes import list_responses, show_themes
from chalicelib.scores.goals.routes import list_goals
from chalicelib.scores.insights.routes import show_insights
from chalicelib.scores.loop.routes import show_loop
from chalicelib.scores.routes import show_scores
from chalicelib.surveys.routes import show_survey
from chalicelib.tasks.routes import list_tasks

NOTHING = Part()


class Found(Struct, frozen=True):
    """`parts` by their names."""

    asking: Asking
    parts: Mapping[str, Part]

    def given(self, name: str) -> Any:
        return self.parts[name].given

    @property
    def is_late(self) -> bool:
        """Some part is missing for want of time."""
        return any(part.is_late for part in self.parts.values())


def asking_of(survey_id: str, query: SurveyQuery, ask: Ask) -> Asking:
    """Raises NotFound and Conflict."""
    survey = ask(show_survey, survey=survey_id)
    today = moments.day_in(ask.now, survey.tz)
    return Asking(survey, query, days_of(query, today), today)


def read_survey_page(asking: Asking, ask: Ask) -> Found:
    """One after another, in the order in which a reader needs them: each reads side by side what
    it needs. Raises Unavailable without the words."""
    survey_id, days = asking.survey.id, asking.scores
    of_days = {name: days[name] for name in ("from", "to")}
    words = ask.part(list_responses, asking.page_of_words, survey=survey_id)
    if words.is_late:
        raise Unavailable
    parts = {
        "words": words,
        "themes": ask.part(show_themes, of_days, survey=survey_id),
        "scores": ask.part(show_scores, asking.scores, survey=survey_id),
        "course": ask.part(show_scores, asking.course, survey=survey_id),
        "loop": ask.part(show_loop, of_days, survey=survey_id),
        "tasks": ask.part(list_tasks, asking.tasks),
        "insights": ask.part(show_insights, asking.insights, survey=survey_id),
        "goals": ask.part(list_goals, survey=survey_id),
        "segments": _segments(asking, ask),
        "outcomes": _outcomes(asking, ask),
    }
    return Found(asking, parts)


def _segments(asking: Asking, ask: Ask) -> Part:
    if asking.query.segment or not asking.survey.split_by:
        return NOTHING
    return ask.part(show_scores, asking.segments, survey=asking.survey.id)


def _outcomes(asking: Asking, ask: Ask) -> Part:
    """They are joined to answers by who gave them."""
    if asking.survey.is_sealed:
        return NOTHING
    return ask.part(show_outcomes_of_survey, asking.outcomes, survey=asking.survey.id)
