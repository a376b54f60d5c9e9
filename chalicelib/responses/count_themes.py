"""How often comments speak of each theme, by band. Counts only: no score of a theme."""

from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.disclosure.sealed import SCORED_WORDS_FROM, WORDS_FROM, Hidden
from chalicelib.responses.list_responses import days_of, gather
from chalicelib.responses.response import Response
from chalicelib.responses.schemas import ThemeCount, ThemeCounts
from chalicelib.responses.store import ResponseStore, answer_place
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.read_themes import theme_reader
from chalicelib.surveys.scale import band_of, points_of
from chalicelib.web.days import DaysQuery

MOST_READ = 5000


def count_themes(
    survey: Survey,
    query: DaysQuery,
    responses: ResponseStore,
    told: Disclosure,
    answers: int | None = None,
) -> ThemeCounts:
    """`answers` are all that a sealed survey has published, None of a named one."""
    if answers is not None and answers < WORDS_FROM:
        return _counts(survey, query, [], None, "fewer_than_k")
    within = days_of(survey, query, "counted")
    read, place = gather(
        lambda count, at: responses.page(within, count, at),
        None,
        answer_place,
        limit=MOST_READ,
        most_read=MOST_READ,
    )
    read_to = told.time(read[-1].answered_at, survey.tz) if place else None
    shown = _counts(survey, query, read, read_to)
    if answers is not None and answers < SCORED_WORDS_FROM:
        shown["themes"] = [{**row, "bands": {}} for row in shown["themes"]]
    return shown


def _counts(
    survey: Survey,
    query: DaysQuery,
    read: list[Response],
    read_to: str | None,
    hidden: Hidden | None = None,
) -> ThemeCounts:
    return {
        "survey": survey.id,
        "hidden": hidden,
        "from": query.first.isoformat() if query.first else None,
        "to": query.end.isoformat() if query.end else None,
        "complete": read_to is None,
        "read_to": read_to,
        "responses": len(read),
        "comments": sum(bool(response.comment) for response in read),
        "themes": _theme_counts(read, survey),
    }


def _theme_counts(responses: list[Response], survey: Survey) -> list[ThemeCount]:
    bands = [band_of(point, survey.scale) for point in reversed(points_of(survey.scale))]
    counts = {theme: dict.fromkeys(bands, 0) for theme in survey.themes}
    themes_of = theme_reader(survey.themes, survey.lang)
    for response in responses:
        if response.band:
            for theme in themes_of(response.comment):
                counts[theme][response.band] = counts[theme].get(response.band, 0) + 1
    rows: list[ThemeCount] = [
        {"theme": theme, "count": sum(bands.values()), "bands": bands}
        for theme, bands in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["theme"]))
