"""What a survey asks, of whom and how often."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

SurveyId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
Line = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]
SegmentName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]


def _known_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError("not a zone of the IANA time zone database") from error
    return zone


class Survey(BaseModel):
    """Times in the unit of their name. Days are counted in `tz`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: SurveyId
    name: Line
    question: Line
    low_label: Line = "not likely at all"
    high_label: Line = "extremely likely"
    scale: Literal["nps"] = "nps"
    identity: Literal["named"] = "named"
    audience: Literal["internal", "external"]
    team: Line
    tz: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    segments: list[SegmentName] = Field(default=[], max_length=8)
    throttle_days: int = Field(default=30, ge=0, le=365)
    delay_minutes: int = Field(default=0, ge=0, le=7 * 24 * 60)
    open_days: int = Field(default=30, ge=1, le=365)
    follow_up_minutes: int = Field(default=10, ge=0, le=7 * 24 * 60)
    task_hours: int = Field(default=24, ge=1, le=30 * 24)

    @property
    def promise(self) -> str:
        """Who sees what, said before the first answer (named surveys)."""
        return f"{self.team} sees your name with your answer."
