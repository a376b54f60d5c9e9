"""The definition of a survey: what it asks, who is asked and how often."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from chalicelib.errors import GIVEN_TWICE, LANGUAGE_MISSING, SEGMENT_UNDECLARED
from chalicelib.moments import start_of
from chalicelib.surveys.cause import Cause, folded
from chalicelib.surveys.plan import Plan, SegmentValue, refuse_unfit, without_default
from chalicelib.surveys.promises import PROMISES, Identity, LastDay
from chalicelib.surveys.question import MOST, Question, Tag, refuse_twice
from chalicelib.surveys.scale import Look, Scale, ends_of, name_of, points_of
from chalicelib.surveys.segment import SegmentName, SegmentOf, is_of_team
from chalicelib.surveys.themes import Themes
from chalicelib.surveys.wording import Message, Standard, standard_question
from chalicelib.surveys.zone import Zone
from chalicelib.text import LINE

SURVEY_ID = r"^[a-z0-9][a-z0-9-]{0,31}$"
LONGEST_ID = 32
SurveyId = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_ID, pattern=SURVEY_ID)]
LONGEST_TEAM_ID = 64
TeamId = Annotated[
    str,
    StringConstraints(max_length=LONGEST_TEAM_ID, pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$"),
]
Line = Annotated[str, StringConstraints(max_length=200, pattern=LINE), AfterValidator(str.strip)]
# A number that comes as text, or a switch that comes as a number, is a mistake and is refused.
Whole = Annotated[int, Strict()]
Switch = Annotated[bool, Strict()]


class Survey(BaseModel):
    """What is asked, of whom and how often."""

    # Its validator is made at its first use: reading a stored survey uses none.
    model_config = ConfigDict(frozen=True, extra="forbid", use_enum_values=True, defer_build=True)

    id: SurveyId
    name: Line
    # One sentence of what success looks like. Without it the survey is a draft.
    success: Line | None = None
    # Exactly one of the two: the survey's own words, or a standard question, which Heed asks
    # in the reader's language. Its ends are words, so it needs a scale of numbers.
    question: Line | None = None
    standard: Standard | None = None
    low_label: Line | None = None
    high_label: Line | None = None
    scale: Scale = Scale.NPS
    look: Look = Look.NUMBERS
    # `tap`: the tap in the mail counts when the judge believes it (docs/decisions/0007).
    # `send`: only the form's button counts, when the judge believes that a person pressed it.
    counts: Literal["send", "tap"] = "tap"
    # For trying things: what a script sends counts too, and no benchmark shows the numbers.
    trial: Switch = False
    # What is told of who said what (docs/decisions/0027). Answers of the other two are sealed.
    identity: Identity = "named"
    # Of a sealed survey: fewer answers than these are never shown. A block of answers is written
    # in one transaction, and twice as many less one must have room in it.
    smallest_group: Whole = Field(default=5, ge=5, le=20)
    # The last day on which a sealed survey takes answers.
    closes_on: LastDay | None = None
    # The team that is asked about also runs the mail system, and so can read the links.
    team_runs_mail: Switch = False
    # `shared`: all people of an anonymous survey get the same link (docs/decisions/0032). It can
    # tell nobody, and cannot hold anybody to one answer.
    link: Literal["personal", "shared"] = "personal"
    audience: Literal["internal", "external"]
    team: Line
    # For readers whose language is not known. A language without a catalogue reads as English.
    lang: Tag = "en"
    tz: Zone = "UTC"
    segments: list[SegmentName] = Field(default=[], max_length=8)
    # Beside the score and the words: what else is asked of whoever answers.
    questions: list[Question] = Field(default=[], max_length=MOST)
    # What each of them is of; `other` is understood.
    segment_of: dict[SegmentName, SegmentOf] = Field(default={}, max_length=8)
    # What an open link may say of its segments without a signature.
    segment_values: dict[SegmentName, list[SegmentValue]] = Field(default={}, max_length=8)
    # What comments are about: names with their keywords, found in any of their word forms.
    themes: Themes = {}
    throttle_days: Whole = Field(default=30, ge=0, le=365)
    # After this nothing tells any more who was asked about what. Scores and words stay. Bounces
    # and complaints come for weeks.
    keep_days: Whole = Field(default=730, ge=60, le=3650)
    delay_minutes: Whole = Field(default=0, ge=0, le=7 * 24 * 60)
    open_days: Whole = Field(default=30, ge=1, le=365)
    # People who did not answer, or whose answer is held, get one reminder. 0: none.
    reminder_days: Whole = Field(default=0, ge=0, le=30)
    # What follows an answer: the name of a plan, or its effects (docs/decisions/0035).
    plan: Plan = Field(default="default", json_schema_extra=without_default)
    follow_up_minutes: Whole = Field(default=10, ge=0, le=7 * 24 * 60)
    # Working hours of `task_team`, when it has a calendar.
    task_hours: Whole = Field(default=24, ge=1, le=30 * 24)
    # The id of the team in /v1/teams whose people get the tasks. Without it they wait for whoever
    # looks at the list.
    task_team: TeamId | None = None
    # The causes that a task may be closed with. Empty: any few words.
    causes: list[Cause] = Field(default=[], max_length=50)
    asks_contact: Switch = False
    # The note that an answer leaves in its ticket says the score of this one answer, too.
    note_score: Switch = False
    # For a signature, a QR code or a kiosk: anybody who has the address may answer. A device
    # may answer again after the pause.
    open_link: Switch = False
    open_link_pause_minutes: Whole = Field(default=60, ge=0, le=30 * 24 * 60)
    # It asks nobody any more, and its pages say so. Answers stay. A sealed survey has a close of
    # its own, which is for good.
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
        silent = [question.id for question in self.questions if not question.speaks(self.lang)]
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
        if self.has_shared_link and self.identity != "anonymous":
            raise ValueError("only an anonymous survey has one link for all")
        if self.has_shared_link and self.segments:
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

    @property
    def split_by(self) -> list[str]:
        """The segments whose values are shown side by side. Teams and departments never are."""
        return [name for name in self.segments if not self.is_of_team(name)]

    def is_of_team(self, segment: str) -> bool:
        return is_of_team(segment, self.segment_of.get(segment, "other"))

    @property
    def is_draft(self) -> bool:
        return self.success is None

    @property
    def is_sealed(self) -> bool:
        return self.identity != "named"

    @property
    def has_shared_link(self) -> bool:
        return self.link == "shared"

    @property
    def names_itself(self) -> bool:
        """Whoever wants to be contacted tells the address, and is anonymous no more."""
        return self.asks_contact and self.identity == "anonymous"

    def ends_at(self, at: datetime) -> datetime:
        """`at`, or the end of its last day when that is earlier."""
        if self.closes_on is None:
            return at
        return min(at, start_of(self.closes_on + timedelta(days=1), self.tz))

    @property
    def asked(self) -> Message | str:
        if self.standard:
            return standard_question(self.standard, self.audience).question
        return self.question or ""

    @property
    def promise(self) -> Message:
        """Who sees what, shown before the first answer."""
        return PROMISES[self.identity]

    @property
    def ends(self) -> tuple[Message | str, Message | str]:
        """The words at the low and the high end of the scale."""
        low, high = ends_of(self.scale)
        if self.standard:
            asked = standard_question(self.standard, self.audience)
            low, high = asked.low, asked.high
        return self.low_label or low, self.high_label or high

    def read_in(self, lang: str) -> Self:
        """The same survey for a reader of `lang`."""
        read = [question.read_in(lang, self.lang) for question in self.questions]
        return self.model_copy(update={"lang": lang, "questions": read})
