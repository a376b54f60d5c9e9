"""What the API takes and gives about surveys, and what is checked before one is stored."""

import re
from importlib.resources import files
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from chalicelib.errors import GIVEN_TWICE, LANGUAGE_MISSING, SEGMENT_UNDECLARED
from chalicelib.surveys.cause import folded
from chalicelib.surveys.fields import (
    Cause,
    LastDay,
    Line,
    SegmentName,
    SegmentValue,
    SurveyId,
    Switch,
    Tag,
    TeamId,
    Whole,
)
from chalicelib.surveys.plan_schemas import Plan, refuse_unfit, without_default
from chalicelib.surveys.promises import Identity
from chalicelib.surveys.question import MOST, speaks
from chalicelib.surveys.question_schemas import Question, refuse_twice
from chalicelib.surveys.scale import Look, Scale, name_of, points_of
from chalicelib.surveys.segment import SegmentOf, is_of_team
from chalicelib.surveys.themes import Themes
from chalicelib.surveys.wording import Standard
from chalicelib.surveys.zone import SIGNED, Zone
from chalicelib.web.fitting import NONE, TEXT, Schema, fields, has, when
from chalicelib.web.schemas import NextCursor

# Exactly one of the two ways to ask. A standard question needs a scale of numbers.
_OF_NUMBERS = [Scale.NPS.value, Scale.CES.value, Scale.CSAT.value]
_ONE_QUESTION = when(
    has(standard=TEXT),
    {
        **fields(question=NONE, scale={"enum": _OF_NUMBERS}),
        **when(has(scale={"const": Scale.CSAT.value}), fields(look={"const": Look.NUMBERS.value})),
    },
    has(question=TEXT),
)

_OWN_LINK, _ONE_FOR_ALL = {"const": "personal"}, {"const": "shared"}
_SEALED: dict[str, Schema] = {
    "counts": {"const": "send"},
    "open_link": {"const": False},
    "note_score": {"const": False},
    "closed": {"const": False},
}
_CONFIDENTIAL = fields(**_SEALED, asks_contact={"const": False}, link=_OWN_LINK)
_ANONYMOUS = {
    "required": ["closes_on"],
    **fields(**_SEALED, closes_on=TEXT),
    **when(has(link=_ONE_FOR_ALL), fields(segments={"maxItems": 0})),
}
# What goes with each promise.
_ONE_PROMISE = when(
    has(identity={"const": "confidential"}),
    _CONFIDENTIAL,
    when(has(identity={"const": "anonymous"}), _ANONYMOUS, fields(link=_OWN_LINK)),
)


def zones() -> list[str]:
    known = files("tzdata").joinpath("zones").read_text().split()
    return sorted(zone for zone in known if not re.search(SIGNED, zone))


def _as_body(schema: dict[str, Any]) -> None:
    schema["required"] = [name for name in schema["required"] if name != "id"]
    schema["properties"]["id"]["description"] = "The one of the path again, or nothing."
    schema["properties"]["tz"]["enum"] = zones()
    schema["allOf"] = [_ONE_QUESTION, _ONE_PROMISE]


class Survey(BaseModel):
    """What is asked, of whom and how often."""

    # definition.py says what each is for.

    model_config = ConfigDict(frozen=True, extra="forbid", use_enum_values=True, defer_build=True)

    id: SurveyId
    name: Line
    success: Line | None = None
    question: Line | None = None
    standard: Standard | None = None
    low_label: Line | None = None
    high_label: Line | None = None
    scale: Scale = Scale.NPS
    look: Look = Look.NUMBERS
    counts: Literal["send", "tap"] = "tap"
    trial: Switch = False
    identity: Identity = "named"
    smallest_group: Whole = Field(default=5, ge=5, le=20)
    closes_on: LastDay | None = None
    team_runs_mail: Switch = False
    link: Literal["personal", "shared"] = "personal"
    audience: Literal["internal", "external"]
    team: Line
    lang: Tag = "en"
    tz: Zone = "UTC"
    segments: list[SegmentName] = Field(default=[], max_length=8)
    questions: list[Question] = Field(default=[], max_length=MOST)
    segment_of: dict[SegmentName, SegmentOf] = Field(default={}, max_length=8)
    segment_values: dict[SegmentName, list[SegmentValue]] = Field(default={}, max_length=8)
    themes: Themes = {}
    throttle_days: Whole = Field(default=30, ge=0, le=365)
    keep_days: Whole = Field(default=730, ge=60, le=3650)
    delay_minutes: Whole = Field(default=0, ge=0, le=7 * 24 * 60)
    open_days: Whole = Field(default=30, ge=1, le=365)
    reminder_days: Whole = Field(default=0, ge=0, le=30)
    plan: Plan = Field(default="default", json_schema_extra=without_default)
    follow_up_minutes: Whole = Field(default=10, ge=0, le=7 * 24 * 60)
    task_hours: Whole = Field(default=24, ge=1, le=30 * 24)
    task_team: TeamId | None = None
    causes: list[Cause] = Field(default=[], max_length=50)
    asks_contact: Switch = False
    note_score: Switch = False
    open_link: Switch = False
    open_link_pause_minutes: Whole = Field(default=60, ge=0, le=30 * 24 * 60)
    closed: Switch = False

    @field_validator("causes")
    @classmethod
    def _each_once(cls, causes: list[str]) -> list[str]:
        if len({folded(cause) for cause in causes}) < len(causes):
            raise PydanticCustomError(GIVEN_TWICE, "the same cause is there twice")
        return causes

    @model_validator(mode="after")
    def _asks_in_its_own_language(self) -> Self:
        refuse_twice([question.id for question in self.questions], "two questions have the same id")
        silent = [
            question.id for question in self.questions if not speaks(question.text, self.lang)
        ]
        if silent:
            told = {"lang": self.lang, "ids": ", ".join(silent)}
            detail = "no text in the survey's language ({lang}): {ids}"
            raise PydanticCustomError(LANGUAGE_MISSING, detail, told)
        return self

    @model_validator(mode="after")
    def _lists_its_own_segments(self) -> Self:
        if not self.segment_values.keys() <= set(self.segments):
            detail = "list values only for the survey's own segments"
            raise PydanticCustomError(SEGMENT_UNDECLARED, detail)
        if not self.segment_of.keys() <= set(self.segments):
            detail = "say only of the survey's own segments what they are of"
            raise PydanticCustomError(SEGMENT_UNDECLARED, detail)
        refuse_unfit(self)
        for name, of in self.segment_of.items():
            if of != "team" and is_of_team(name, of):
                raise ValueError(f"{name} is a word for a team: say that it is of a team")
        return self

    @model_validator(mode="before")
    @classmethod
    def _counts_a_send_when_sealed(cls, given: Any) -> Any:
        sealed = isinstance(given, dict) and given.get("identity", "named") != "named"
        return {"counts": "send", **given} if sealed else given

    @model_validator(mode="after")
    def _shares_its_link_with_nobody_known(self) -> Self:
        if self.link == "shared" and self.identity != "anonymous":
            raise ValueError("only an anonymous survey has one link for all")
        if self.link == "shared" and self.segments:
            raise ValueError("one link for all tells of no segment")
        return self

    @model_validator(mode="after")
    def _keeps_its_seal(self) -> Self:
        if self.identity == "named":
            return self
        if self.closed:
            raise ValueError("a sealed survey is closed by its closing, and for good")
        if self.counts != "send":
            raise ValueError("a sealed survey counts a Send and no tap")
        if self.open_link or self.note_score:
            raise ValueError("a sealed survey has no open link, and tells no ticket a score")
        if self.asks_contact and self.identity != "anonymous":
            raise ValueError("a confidential survey asks for no contact")
        if self.identity == "anonymous" and self.closes_on is None:
            raise ValueError("an anonymous survey names the day on which it closes")
        return self

    @model_validator(mode="after")
    def _asks_one_question(self) -> Self:
        if (self.question is None) == (self.standard is None):
            raise ValueError("give either a question or the name of a standard one")
        symbols = name_of(points_of(self.scale)[0], self.scale, self.look) is not None
        if self.standard and symbols:
            raise ValueError("a standard question wants a scale of numbers")
        return self


class SurveyDocument(Survey):
    """A survey as it is shown by itself."""

    board: Annotated[
        str | None,
        Field(
            description="Where a sealed survey publishes its answers, once it has asked. It is"
            " made by Heed: a body may repeat it."
        ),
    ] = None


class SurveyBody(SurveyDocument):
    """What is asked, of whom and how often."""

    model_config = ConfigDict(json_schema_extra=_as_body)


class SurveyPage(TypedDict):
    items: list[Survey]
    next: NextCursor


EXAMPLE = {
    "name": "IT Help Desk",
    "question": "How likely are you to recommend the IT Help Desk to a colleague?",
    "audience": "internal",
    "team": "IT Help Desk",
    "segments": ["group"],
    "success": "Four of five colleagues would recommend us, and every unhappy one is called.",
}
