"""The first page of a member, and the list of surveys."""

from datetime import date
from functools import partial
from typing import Any

from pydantic import Field

from chalicelib import wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.formats import formats_in
from chalicelib.dashboard.overview.read import Place, read_overview
from chalicelib.dashboard.page import page
from chalicelib.dashboard.sheet import Sheet, sheet_of_surveys
from chalicelib.dashboard.shown import Shown
from chalicelib.dashboard.survey.pictures import picture_of
from chalicelib.dashboard.survey.routes import ask_for
from chalicelib.dashboard.survey.show import last_before
from chalicelib.dashboard.visit import Visit
from chalicelib.errors import NotFound
from chalicelib.scores.benchmarks.show_benchmarks import as_rows
from chalicelib.scores.metric import ENDS
from chalicelib.surveys.routes import list_surveys
from chalicelib.surveys.scale import points_of
from chalicelib.web.pagination import Cursor
from chalicelib.web.query import Query, Whole


class OverviewQuery(Query):
    cursor: Cursor | None = None
    part: Whole = Field(0, ge=0, le=9)


class ListQuery(Query):
    cursor: Cursor | None = None


@page(Scope.SURVEYS_READ, Scope.SCORES_READ, query=OverviewQuery, by_survey=True)
def show_overview(visit: Visit[OverviewQuery]) -> Shown:
    place = Place(visit.query.cursor, visit.query.part)
    overview = read_overview(place, ask_for(visit), wiring.table().together)
    internal, external = [*overview.internal], [*overview.external]
    rows = as_rows({"internal": internal, "external": external, "next": None})
    facts = {"overview": overview, **_helpers(visit)}
    return Shown("overview/page", facts, sheet=Sheet("overview", *rows))


@page(Scope.SURVEYS_READ, query=ListQuery, by_survey=True)
def show_surveys(visit: Visit[ListQuery]) -> Shown:
    shown = ask_for(visit)(list_surveys, {"cursor": visit.query.cursor})
    return Shown("survey/list", {**shown}, sheet=sheet_of_surveys(shown["items"]))


@page()
def show_nothing(visit: Visit[Any]) -> Shown:
    """For what no page has as its address."""
    raise NotFound("page")


def _helpers(visit: Visit[Any]) -> dict[str, Any]:
    formats = formats_in(visit.lang)
    return {
        "f": formats,
        "day": date.fromisoformat,
        "last_before": last_before,
        "top_of": lambda metric: formats.number(ENDS[metric][1]),
        "highest_of": lambda metric: formats.number(points_of(metric)[-1]),
        "picture": partial(picture_of),
    }
