"""What the routes of teams take and give."""

from typing import Annotated, Any, Final, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from chalicelib.errors import GIVEN_TWICE, HOURS_UNUSABLE, OWNER_UNKNOWN
from chalicelib.invitations.fields import Address
from chalicelib.surveys.fields import Line, Tag, TeamId
from chalicelib.surveys.schemas import zones
from chalicelib.surveys.zone import Zone
from chalicelib.teams.team import Often, OwnerRule, Role, Weekday, minutes_of
from chalicelib.web.fitting import NONE, TEXT, fields, has, when
from chalicelib.web.schemas import HIDDEN, Doc, NextCursor

MOST_PEOPLE: Final = 50
MOST_INTERVALS: Final = 6
# A task of 720 hours in less would be due after years.
LEAST_MINUTES: Final = 60

INTERVAL = r"^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
Interval = Annotated[str, StringConstraints(pattern=INTERVAL)]
Intervals = Annotated[list[Interval], Field(max_length=MOST_INTERVALS)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Subdivision = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,10}$")]

SlackUser = Annotated[str, StringConstraints(pattern=r"^[UW][A-Z0-9]{1,30}$")]


class MemberBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: TeamId
    name: Line
    email: Address
    role: Role = "member"
    lang: Tag | None = None
    slack: SlackUser | None = None


# A subdivision is part of a country.
_BY_COUNTRY = when(has(subdivision=TEXT), has(country=TEXT))


def _as_calendar(schema: dict[str, Any]) -> None:
    schema["properties"]["tz"]["enum"] = zones()
    schema.update(_BY_COUNTRY)


class CalendarBody(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra=_as_calendar)

    tz: Zone
    hours: dict[Weekday, Intervals]
    country: Country | None = None
    subdivision: Subdivision | None = None

    @field_validator("hours")
    @classmethod
    def _in_order(cls, hours: dict[Weekday, list[str]]) -> dict[Weekday, list[str]]:
        for intervals in hours.values():
            edges = [edge for interval in intervals for edge in interval.split("-")]
            if edges != sorted(set(edges)):
                detail = "intervals of a day come in order, and do not touch"
                raise PydanticCustomError(HOURS_UNUSABLE, detail)
        every = (interval for intervals in hours.values() for interval in intervals)
        if sum(map(_minutes, every)) < LEAST_MINUTES:
            detail = "a calendar has an hour of work in the week, or more"
            raise PydanticCustomError(HOURS_UNUSABLE, detail)
        return hours

    @model_validator(mode="after")
    def _has_a_country_for_its_subdivision(self) -> Self:
        if self.subdivision and not self.country:
            raise ValueError("a subdivision is part of a country")
        return self


# The rule `named` goes with an owner, and no other does.
_BY_RULE = when(has(owner_rule={"const": "named"}), has(owner=TEXT), fields(owner=NONE))


class TeamBody(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra=_BY_RULE)

    name: Line
    people: list[MemberBody] = Field(default=[], max_length=MOST_PEOPLE)
    owner_rule: OwnerRule = "queue"
    owner: TeamId | None = None
    calendar: CalendarBody | None = None
    digest: Often = "weekly"

    @field_validator("people")
    @classmethod
    def _each_once(cls, people: list[MemberBody]) -> list[MemberBody]:
        named = {member.id for member in people}
        written_to = {member.email.lower() for member in people}
        in_slack = [member.slack for member in people if member.slack]
        is_twice = len(named) < len(people) or len(written_to) < len(people)
        if is_twice or len(set(in_slack)) < len(in_slack):
            raise PydanticCustomError(GIVEN_TWICE, "the same id or address is there twice")
        return people

    @model_validator(mode="after")
    def _names_one_of_its_own(self) -> Self:
        if (self.owner_rule == "named") != (self.owner is not None):
            raise ValueError("the rule `named` goes with an owner, and no other does")
        if self.owner and self.owner not in {member.id for member in self.people}:
            raise PydanticCustomError(OWNER_UNKNOWN, "the owner is one of the team's people")
        return self


class Member(TypedDict):
    id: str
    name: Annotated[str | None, Doc(HIDDEN)]
    email: Annotated[str | None, Doc(HIDDEN)]
    role: Role
    lang: Annotated[str | None, Doc("Null: the survey's.")]
    slack: Annotated[str | None, Doc(f"The member ID in Slack. {HIDDEN}")]


class Calendar(TypedDict):
    tz: str
    hours: Annotated[
        dict[Weekday, list[str]], Doc("Local intervals of each day, such as `08:00-12:00`.")
    ]
    country: Annotated[str | None, Doc("ISO 3166-1. Its holidays are kept; null: none are.")]
    subdivision: Annotated[str | None, Doc("ISO 3166-2, without the country.")]


class Team(TypedDict):
    id: str
    name: str
    people: list[Member]
    owner_rule: Annotated[
        OwnerRule,
        Doc(
            "Whose a new task is: nobody's, that of `owner`, each of the people's in turn, or that"
            " of whoever owns the account that the answer is from."
        ),
    ]
    owner: Annotated[str | None, Doc("The id of one of the people, for the rule `named`.")]
    calendar: Annotated[Calendar | None, Doc("Null: every hour is a working hour.")]
    digest: Annotated[
        Often,
        Doc("How often its people are mailed what was said, when their working day begins."),
    ]


class TeamList(TypedDict):
    items: list[Team]
    next: NextCursor


EXAMPLE = {
    "name": "Service Desk Oslo",
    "people": [
        {"id": "kari", "name": "Kari Nordmann", "email": "kari@example.com", "role": "lead"}
    ],
    "owner_rule": "round_robin",
    "calendar": {
        "tz": "Europe/Oslo",
        "hours": {"monday": ["08:00-11:30", "12:00-16:00"], "tuesday": ["08:00-16:00"]},
        "country": "NO",
    },
}


def _minutes(interval: str) -> int:
    start, end = minutes_of(interval)
    return end - start
