"""The parameters of a list of responses. The order is always by time, and no parameter names
who served: nobody is listed by their answers."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.disclosure.sealed import SCORED_WORDS_FROM, refuse_part, refuse_sealed
from chalicelib.errors import Conflict, FieldError
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import Band
from chalicelib.text import LINE, UNSEEN
from chalicelib.web.days import EARLIEST, LATEST, Day, DaysQuery, check_days
from chalicelib.web.pagination import Cursor
from chalicelib.web.query import whole
from chalicelib.web.times import Moment

MOST_ROWS = 1000

# One line with something to search for. The characters that only choose how an emoji looks do
# not count.
_WORDS = LINE.replace(UNSEEN, rf"{UNSEEN}\ufe0e\ufe0f")
Search = Annotated[str, Field(min_length=2, max_length=100, pattern=_WORDS)]


class ResponsesQuery(DaysQuery):
    state: Literal["counted", "held", "settling", "dismissed"] = Field(
        "counted", description="Only `counted` answers are in a score."
    )
    band: Band | None = Field(None, description="The band of the score.")
    segment: str | None = Field(
        None, max_length=240, description="`name=value` of one segment that the survey declares."
    )
    q: Search | None = Field(
        None, description="Words that the comment holds, all of them, in any case."
    )
    theme: str | None = Field(None, max_length=60, description="A theme of the survey.")
    cause: str | None = Field(
        None, min_length=1, max_length=200, description="The cause that its task names."
    )
    commented: Literal["true", "false"] | None = Field(None, description="With or without words.")
    updated_since: Moment | Day | None = Field(
        None,
        description="Everything that changed at or after this RFC 3339 time or day, whatever its"
        " state, erased answers too, the oldest change first. Goes with `limit` and `cursor`"
        " alone. Without the scope `people:read` it has to be a day.",
    )
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS), BeforeValidator(whole)] | None = Field(
        None, description="Rows of a page: in JSON at most 100, by default 50."
    )
    cursor: Cursor | None = Field(
        None, description="`next` of the page before, with the same filters."
    )


def check_fits(query: ResponsesQuery, survey: Survey, told: Disclosure) -> None:
    """Raises Conflict for what does not fit the survey or the other parameters."""
    check_days(query)
    name, given_value, value = (query.segment or "").partition("=")
    if query.segment is not None and not (name in survey.segments and given_value and value):
        _refuse("segment", "segment_unknown", "`name=value` of a segment that is declared.")
    if query.theme is not None and query.theme not in survey.themes:
        _refuse("theme", "theme_unknown", "The survey keeps no such theme.")
    others = query.model_fields_set - {"updated_since", "limit", "cursor"}
    if query.updated_since and others:
        _refuse("updated_since", "goes_alone", "All changes or none: filter what you loaded.")
    _check_since(query.updated_since, told)


def check_sealed(query: ResponsesQuery, answers: int) -> None:
    """`answers` are all that the survey has published. Raises Conflict."""
    if query.state != "counted":
        refuse_sealed("state", "Answers of this survey are published as counted, or not at all.")
    if query.updated_since:
        detail = "Load all answers again: a feed of changes would tell what a release left out."
        refuse_sealed("updated_since", detail)
    for name in ("segment", "cause"):
        if getattr(query, name) is not None:
            refuse_part(name)
    if query.band and answers < SCORED_WORDS_FROM:
        refuse_sealed("band", f"Words are shown with their score from {SCORED_WORDS_FROM} on.")


def _check_since(since: datetime | date | None, told: Disclosure) -> None:
    if isinstance(since, datetime):
        if not told.sees_people:
            detail = "A day, such as 2026-11-21: times of answers want the scope `people:read`."
            _refuse("updated_since", "day_wanted", detail)
    elif since and not EARLIEST <= since < LATEST:
        _refuse("updated_since", "range_out_of_time", "A year from 2000 on.")


def _refuse(name: str, code: str, detail: str) -> None:
    raise Conflict([FieldError(name, code, detail)])
