"""The query parameters of the scores."""

from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from chalicelib.disclosure.sealed import refuse_part
from chalicelib.errors import Conflict, FieldError
from chalicelib.misuse import refuse_teams_at_once
from chalicelib.surveys.definition import Survey
from chalicelib.tally.tally import ALL
from chalicelib.web.days import RangeQuery

EVERY_SEGMENT: Final = "segment"
# What is known of every survey: each of its segments, or those that say what they are of.
SplitBy = Literal["segment", "role", "location", "product", "plan", "channel", "other"]
OwnSegment = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
# What `fields` may choose. The range and the metric are always shown.
PARTS = {
    "responses": ("responses", "reading", "hidden"),
    "comments": ("comments",),
    "held": ("held",),
    "settling": ("settling",),
    "distribution": ("distribution",),
    "bands": ("bands",),
    "score": (
        "says",
        "score",
        "score_interval",
        "sd",
        "nps",
        "nps_interval",
        "raw",
        "reading",
        "responses",
        "hidden",
    ),
    "response_rate": (
        "asked",
        "answered",
        "answered_in_7d",
        "silent",
        "response_rate",
        "non_response",
    ),
    "change": ("change",),
    "trend": ("trend", "trend_from"),
    "wins": ("wins",),
    "periods": ("periods",),
    "questions": ("questions",),
    "segments": ("segments",),
}
OF_DAYS = {"first": "from", "end": "to", "interval": "interval", "compare": "compare"}
_PART = "(" + "|".join(PARTS) + ")"
Segment = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}=[^\u0000-\u001f\u007f]{1,200}$")]


class ScoresQuery(RangeQuery):
    tz: str | None = Field(
        default=None,
        description="The zone that `from` and `to` are meant in. Days are counted in the survey's"
        " zone, so any other zone is refused: its days would not be exact.",
        examples=["Europe/Oslo"],
    )
    segment: Segment | None = Field(
        default=None,
        description="Only answers of one segment, `name=value`, the name declared by the survey.",
        examples=["role=manager"],
    )
    by: SplitBy | OwnSegment | None = Field(
        default=None,
        description="Also split by segments that the survey declares: one of its own by the name"
        " in `segments` of `GET /v1/surveys/{survey}`, those that `segment_of` says to be of a"
        " `role`, a `location` and so on, or by `segment` each of them in turn. A name of its own"
        " goes first. 409 lists what the survey can be split by. In the order of names, never of"
        " scores; a department is not split from others.",
        examples=["segment", "role"],
    )
    compare: Literal["previous", "baseline", "none"] | None = Field(
        default=None,
        description="Test the score against the range of the same length right before, or against"
        " the survey's own first answers. By default `previous`, and `none` until the survey has"
        " a year of answers (`trend_from`).",
    )
    fields: str | None = Field(
        default=None,
        pattern=f"^{_PART}(,{_PART})*$",
        description="Only these parts, separated by commas: " + ", ".join(PARTS) + ".",
        examples=["score,response_rate"],
    )


def check_fit(query: ScoresQuery, survey: Survey) -> None:
    """Raises Conflict when the query does not fit the survey, BadRequest when it would put its
    teams side by side."""
    if query.by and survey.is_of_team(query.by):
        refuse_teams_at_once()
    found = []
    if query.tz not in (None, survey.tz):
        detail = f"Days of this survey are counted in {survey.tz}."
        found.append(FieldError("tz", "tz_differs", detail))
    segment = (query.segment or "").partition("=")[0]
    if segment and segment not in survey.segments:
        found.append(_undeclared("segment", survey))
    if query.by and query.by not in splits_of(survey):
        found.append(_unsplit(survey))
    if query.by and query.segment:
        found.append(FieldError("by", "one_at_a_time", "Give either `segment` or `by`."))
    fields = (query.fields or "").split(",")
    if len(set(fields)) < len(fields):
        found.append(FieldError("fields", "given_twice", "Name each field once."))
    if found:
        raise Conflict(found)


def check_sealed(query: ScoresQuery) -> None:
    """Raises Conflict for what a sealed survey does not show."""
    if query.segment:
        refuse_part("segment")
    # Cells are over the whole life of the survey: a cell of some days would be of few.
    for field, name in OF_DAYS.items():
        if query.by and field in query.model_fields_set:
            refuse_part(name)


def dimensions_of(query: ScoresQuery, survey: Survey) -> list[str]:
    if query.by is None:
        return []
    if query.by in survey.segments:
        return [query.by]
    if query.by == EVERY_SEGMENT:
        return survey.split_by
    return [name for name in survey.split_by if survey.segment_of.get(name, "other") == query.by]


def splits_of(survey: Survey) -> list[str]:
    """What `by` may be: the survey's own segments that are of no team, and what they are of."""
    of = {survey.segment_of.get(name, "other") for name in survey.split_by}
    known = [word for word in get_args(SplitBy) if word in of and word not in survey.split_by]
    return [*survey.split_by, *known, EVERY_SEGMENT]


def segment_of(query: ScoresQuery) -> str:
    return query.segment or ALL


def _undeclared(pointer: str, survey: Survey) -> FieldError:
    declared = ", ".join(survey.segments) or "none"
    return FieldError(pointer, "segment_undeclared", f"Declared by this survey: {declared}.")


def _unsplit(survey: Survey) -> FieldError:
    allowed = ", ".join(splits_of(survey))
    return FieldError("by", "segment_undeclared", f"This survey can be split by: {allowed}.")
