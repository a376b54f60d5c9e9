"""The definition of a survey: what it asks, who is asked and how often."""

from datetime import date, datetime, timedelta
from typing import Final, Literal, Self

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.moments import start_of
from chalicelib.surveys.plan import Plan
from chalicelib.surveys.promises import PROMISES, Identity
from chalicelib.surveys.question import Question
from chalicelib.surveys.scale import Look, Scale, ends_of
from chalicelib.surveys.segment import SegmentOf, is_of_team
from chalicelib.surveys.wording import Message, Standard, standard_question

SURVEY_ID: Final = r"^[a-z0-9][a-z0-9-]{0,31}$"


class Survey(Struct, frozen=True, kw_only=True):
    """What is asked, of whom and how often. schemas.py says what may be given."""

    id: str
    name: str
    # One sentence of what success looks like. Without it the survey is a draft.
    success: str | None = None
    # Exactly one of the two: the survey's own words, or a standard question, which Heed asks
    # in the reader's language. Its ends are words, so it needs a scale of numbers.
    question: str | None = None
    standard: Standard | None = None
    low_label: str | None = None
    high_label: str | None = None
    scale: Scale = Scale.NPS
    look: Look = Look.NUMBERS
    # `tap`: the tap in the mail counts when the judge believes it (docs/decisions/0007).
    # `send`: only the form's button counts, when the judge believes that a person pressed it.
    counts: Literal["send", "tap"] = "tap"
    # For trying things: what a script sends counts too, and no benchmark shows the numbers.
    trial: bool = False
    # What is told of who said what (docs/decisions/0027). Answers of the other two are sealed.
    identity: Identity = "named"
    # Of a sealed survey: fewer answers than these are never shown. A block of answers is written
    # in one transaction, and twice as many less one must have room in it.
    smallest_group: int = 5
    # The last day on which a sealed survey takes answers.
    closes_on: date | None = None
    # The team that is asked about also runs the mail system, and so can read the links.
    team_runs_mail: bool = False
    # `shared`: all people of an anonymous survey get the same link (docs/decisions/0032). It can
    # tell nobody, and cannot hold anybody to one answer.
    link: Literal["personal", "shared"] = "personal"
    audience: Literal["internal", "external"]
    team: str
    # For readers whose language is not known. A language without a catalogue reads as English.
    lang: str = "en"
    tz: str = "UTC"
    segments: list[str] = []
    # Beside the score and the words: what else is asked of whoever answers.
    questions: list[Question] = []
    # What each of them is of; `other` is understood.
    segment_of: dict[str, SegmentOf] = {}
    # What an open link may say of its segments without a signature.
    segment_values: dict[str, list[str]] = {}
    # What comments are about: names with their keywords, found in any of their word forms.
    themes: dict[str, list[str]] = {}
    throttle_days: int = 30
    # After this nothing tells any more who was asked about what. Scores and words stay. Bounces
    # and complaints come for weeks.
    keep_days: int = 730
    delay_minutes: int = 0
    open_days: int = 30
    # People who did not answer, or whose answer is held, get one reminder. 0: none.
    reminder_days: int = 0
    # What follows an answer: the name of a plan, or its effects (docs/decisions/0035).
    plan: Plan = "default"
    follow_up_minutes: int = 10
    # Working hours of `task_team`, when it has a calendar.
    task_hours: int = 24
    # The id of the team in /v1/teams whose people get the tasks. Without it they wait for whoever
    # looks at the list.
    task_team: str | None = None
    # The causes that a task may be closed with. Empty: any few words.
    causes: list[str] = []
    asks_contact: bool = False
    # The note that an answer leaves in its ticket says the score of this one answer, too.
    note_score: bool = False
    # For a signature, a QR code or a kiosk: anybody who has the address may answer. A device
    # may answer again after the pause.
    open_link: bool = False
    open_link_pause_minutes: int = 60
    # It asks nobody any more, and its pages say so. Answers stay. A sealed survey has a close of
    # its own, which is for good.
    closed: bool = False

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
        return replace(self, lang=lang, questions=read)
