"""What the template of a survey's page is rendered with."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from markupsafe import Markup

from chalicelib.dashboard.charts.bar import bar
from chalicelib.dashboard.charts.course import course_chart
from chalicelib.dashboard.formats import Formats
from chalicelib.dashboard.survey.pictures import months_of, picture_of, points_shown
from chalicelib.dashboard.survey.query import SurveyQuery
from chalicelib.dashboard.survey.read import Found
from chalicelib.scores.metric import ENDS
from chalicelib.scores.segments import OTHER
from chalicelib.surveys.scale import Scale, points_of

Link = Callable[..., str]


def facts_of(found: Found, formats: Formats, address: Link) -> dict[str, Any]:
    """`address` gives that of a page below this survey's, with a query."""
    asking, parts = found.asking, found.parts
    survey, scores = asking.survey, found.given("scores")
    return {
        "survey": survey,
        "top": formats.number(ENDS[Scale(survey.scale)][1]),
        "highest": points_of(survey.scale)[-1],
        "query": asking.query,
        "spoken": asking.spoken,
        "days": asking.days,
        "last_day": asking.days.end - timedelta(days=1),
        "today": asking.today,
        "parts": parts,
        "is_late": found.is_late,
        "f": formats,
        "here": address(""),
        "kept": partial(_kept, asking.query),
        "link": partial(_link, address, asking.query, ""),
        "file": partial(_link, address, asking.query),
        "day": date.fromisoformat,
        "last_before": last_before,
        "months": _months(found, formats),
        "draw_course": partial(_course, found, formats),
        "picture": partial(picture_of, scale=survey.scale),
        "bar": bar,
        "points": points_shown(scores["distribution"], survey.scale) if scores else [],
        "is_first_year": _is_first_year(found),
        "other": OTHER,
    }


def last_before(end: str) -> date:
    """The last day of a half-open range."""
    return date.fromisoformat(end) - timedelta(days=1)


def _kept(query: SurveyQuery, *without: str) -> Mapping[str, str]:
    """What a form of the page says again."""
    return {name: value for name, value in params_of(query).items() if name not in without}


def _months(found: Found, formats: Formats) -> list[tuple[Any, str]]:
    """The months of the table, the last first, with their names; those before the first answer
    are left out."""
    periods = _told_periods(found)
    return [(one, formats.month(date.fromisoformat(one["from"]))) for one in reversed(periods)]


def _course(found: Found, formats: Formats, title: str, description: str) -> Markup:
    scale = found.asking.survey.scale
    months = months_of(_told_periods(found), formats)
    return course_chart(months, scale, title, description, formats.number)


def _told_periods(found: Found) -> list[Any]:
    course = found.given("course")
    periods = course["periods"] if course else []
    answered = [place for place, one in enumerate(periods) if one["responses"] or one["hidden"]]
    return periods[answered[0] :] if answered else []


def _is_first_year(found: Found) -> bool:
    """Also before anybody answered."""
    scores = found.given("scores")
    start = scores and scores["trend_from"]
    return start is None or date.fromisoformat(start) > found.asking.today


def _link(address: Link, query: SurveyQuery, page: str = "", **changes: object) -> str:
    """This page with something else chosen. What is chosen anew begins with its first words."""
    return address(page, **{**params_of(query), **changes})


def params_of(query: SurveyQuery) -> Mapping[str, str]:
    """As they stand in an address, without what is so anyway."""
    said = query.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"cursor"})
    return {name: str(value) for name, value in said.items() if value is not None}
