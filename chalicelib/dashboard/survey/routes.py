"""The page of a survey, and its tables as CSV."""

from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.ask import Ask
from chalicelib.dashboard.formats import formats_in
from chalicelib.dashboard.page import page
from chalicelib.dashboard.shown import Shown
from chalicelib.dashboard.survey.query import SurveyQuery
from chalicelib.dashboard.survey.read import asking_of, read_survey_page
from chalicelib.dashboard.survey.show import facts_of
from chalicelib.dashboard.survey.tables import table_of
from chalicelib.dashboard.visit import Visit


@page(Scope.SURVEYS_READ, query=SurveyQuery)
def show_survey_page(visit: Visit[SurveyQuery], survey: str) -> Shown:
    ask = ask_for(visit)
    found = read_survey_page(asking_of(survey, visit.query, ask), ask)

    def address(below: str, **query: object) -> str:
        return visit.at(f"surveys/{survey}/{below}".rstrip("/"), **query)

    return Shown("survey/page", facts_of(found, formats_in(visit.lang), address))


@page(Scope.SURVEYS_READ, query=SurveyQuery)
def show_survey_table(visit: Visit[SurveyQuery], survey: str, table: str) -> HttpResponse:
    ask = ask_for(visit)
    return table_of(table, asking_of(survey, visit.query, ask), ask)


def ask_for(visit: Visit[Any]) -> Ask:
    return Ask(visit.request, visit.key, visit.now)
