"""The tables of a survey's page as CSV: those of the API, and what else the page has in rows."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from chalice.app import Response as HttpResponse

from chalicelib.dashboard.ask import Ask
from chalicelib.dashboard.survey.asked import Asked, Asking
from chalicelib.dashboard.survey.pictures import points_shown
from chalicelib.errors import NotFound
from chalicelib.outcomes.routes import show_outcomes_of_survey
from chalicelib.responses.routes import list_responses, show_themes
from chalicelib.scores.goals.routes import list_goals
from chalicelib.scores.loop.routes import show_loop
from chalicelib.scores.routes import show_scores
from chalicelib.surveys.scale import band_of, points_of
from chalicelib.web.answer import CSV
from chalicelib.web.csv_export import Cell, csv_response
from chalicelib.web.endpoint import Endpoint

Row = Mapping[str, Cell]
OF_API: Final[dict[str, tuple[Endpoint[Any, Any], Callable[[Asking], Asked]]]] = {
    "words": (list_responses, lambda asking: asking.words),
    "scores": (show_scores, lambda asking: asking.scores),
    "course": (show_scores, lambda asking: asking.course),
    "segments": (show_scores, lambda asking: asking.segments),
    "outcomes": (show_outcomes_of_survey, lambda asking: asking.outcomes),
}
ENDING: Final = ".csv"
OF_SEGMENT: Final = "segment-"


def table_of(name: str, asking: Asking, ask: Ask) -> HttpResponse:
    """Raises NotFound, and as the views of the API."""
    table, survey_id = name.removesuffix(ENDING), asking.survey.id
    if not name.endswith(ENDING):
        raise NotFound("table")
    segment = table.removeprefix(OF_SEGMENT)
    if table in OF_API:
        endpoint, asked = OF_API[table]
        response: HttpResponse = ask(endpoint, asked(asking), CSV, survey=survey_id)
    elif table in OWN:
        response = csv_response(*OWN[table](asking, ask))
    elif table != segment and segment in asking.survey.split_by:
        asked_of_one = {**asking.segments, "by": segment}
        response = ask(show_scores, asked_of_one, CSV, survey=survey_id)
    else:
        raise NotFound("table")
    attached = f'attachment; filename="{survey_id}-{name}"'
    response.headers["Content-Disposition"] = attached
    return response


def _themes(asking: Asking, ask: Ask) -> tuple[list[str], list[Row]]:
    bands = dict.fromkeys(
        band_of(point, asking.survey.scale).value for point in points_of(asking.survey.scale)
    )
    themes = ask(show_themes, _days(asking), survey=asking.survey.id)["themes"]
    rows: list[Row] = [
        {"theme": row["theme"], "count": row["count"], **row["bands"]} for row in themes
    ]
    return ["theme", "count", *bands], rows


def _causes(asking: Asking, ask: Ask) -> tuple[list[str], list[Row]]:
    columns = ["cause", "count", "fixed"]
    causes = ask(show_loop, _days(asking), survey=asking.survey.id)["causes"]
    return columns, [{name: row[name] for name in columns} for row in causes]


def _goals(asking: Asking, ask: Ask) -> tuple[list[str], list[Row]]:
    goals = ask(list_goals, survey=asking.survey.id)["items"]
    columns = ["metric", "target", "by", "status", "value", "responses", "asked", "needed"]
    return columns, [{name: {**one["now"], **one}.get(name) for name in columns} for one in goals]


def _points(asking: Asking, ask: Ask) -> tuple[list[str], list[Row]]:
    scores = ask(show_scores, asking.scores, survey=asking.survey.id)
    columns = ["band", "point", "count", "share"]
    points = points_shown(scores["distribution"] or {}, asking.survey.scale)
    return columns, [{name: row[name] for name in columns} for row in points]


def _silence(asking: Asking, ask: Ask) -> tuple[list[str], list[Row]]:
    scores = ask(show_scores, asking.scores, survey=asking.survey.id)
    became = {"answered": scores["answered"], **(scores["non_response"] or {})}
    became.pop("count", None)
    rows: list[Row] = [{"became": name, "people": people} for name, people in became.items()]
    return ["became", "people"], rows


def _days(asking: Asking) -> Asked:
    return {name: asking.scores[name] for name in ("from", "to")}


OWN: Final[dict[str, Callable[[Asking, Ask], tuple[list[str], list[Row]]]]] = {
    "themes": _themes,
    "causes": _causes,
    "goals": _goals,
    "points": _points,
    "silence": _silence,
}
