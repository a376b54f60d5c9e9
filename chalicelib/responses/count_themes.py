"""How often comments speak of each theme, by band. Counts only: no score of a theme."""

from typing import Any

from chalicelib import moments
from chalicelib.responses.list_responses import days_of, gather
from chalicelib.responses.response import Response
from chalicelib.responses.store import ResponseStore, answer_place
from chalicelib.responses.themes import theme_reader
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import band_of, points_of
from chalicelib.web.days import DaysQuery

MOST_READ = 5000


def count_themes(survey: Survey, asked: DaysQuery, responses: ResponseStore) -> dict[str, Any]:
    stretch = days_of(survey, asked, "counted")
    read, place = gather(
        lambda count, at: responses.page(stretch, count, at),
        None,
        answer_place,
        limit=MOST_READ,
        most_read=MOST_READ,
    )
    return {
        "survey": survey.id,
        "from": asked.first.isoformat() if asked.first else None,
        "to": asked.end.isoformat() if asked.end else None,
        "complete": place is None,
        "read_to": moments.to_text(read[-1].answered_at) if place else None,
        "responses": len(read),
        "comments": sum(bool(one.comment) for one in read),
        "themes": _counted(read, survey),
    }


def _counted(responses: list[Response], survey: Survey) -> list[dict[str, Any]]:
    bands = [band_of(point, survey.scale).value for point in reversed(points_of(survey.scale))]
    counts = {theme: dict.fromkeys(bands, 0) for theme in survey.themes}
    themes_of = theme_reader(survey.themes, survey.lang)
    for one in responses:
        for theme in themes_of(one.comment) if one.band else ():
            counts[theme][str(one.band)] = counts[theme].get(str(one.band), 0) + 1
    rows = [
        {"theme": theme, "count": sum(bands.values()), "bands": bands}
        for theme, bands in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["theme"]))
