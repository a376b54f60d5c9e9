"""A team: the people who act on tasks, and the hours in which they work. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

Role = Literal["lead", "member"]
OwnerRule = Literal["queue", "named", "round_robin", "account"]
Often = Literal["daily", "weekly", "never"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: Final[tuple[Weekday, ...]] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


class Member(Struct, frozen=True):
    """`person` is the keyed hash of the address. `lang` None: the survey's language. `slack` is
    the id of a user there."""

    id: str
    person: str
    name: str
    email: str
    role: Role
    lang: str | None = None
    slack: str | None = None


class Calendar(Struct, frozen=True):
    """`hours` are local, such as `08:00-12:00`, in order. `country` and `subdivision` say which
    holidays are kept; None keeps none."""

    tz: str
    hours: Mapping[Weekday, Sequence[str]]
    country: str | None = None
    subdivision: str | None = None


class Team(Struct, frozen=True):
    """Whose a new task is: nobody's (`queue`), that of `owner`, who is the id of a member, each
    member's in turn, or that of whoever owns the account that the answer is from. Without a
    calendar its hours are all hours. `changed_by` is the id of a key. `digest`: how often its
    people are told what was said."""

    id: str
    name: str
    people: tuple[Member, ...] = ()
    calendar: Calendar | None = None
    owner_rule: OwnerRule = "queue"
    owner: str | None = None
    changed_by: str | None = None
    version: int = 1
    digest: Often = "weekly"


def owner_of(
    team: Team,
    take_turn: Callable[[], int],
    of_account: Callable[[], str | None],
    said_by: str | None = None,
) -> str | None:
    """Of a new task. None: it waits in the team's queue. Nobody answers their own answer: `said_by`
    is the person whose it is."""
    others = {member.id for member in team.people if member.person != said_by}
    if team.owner_rule == "round_robin":
        turns = (team.people[take_turn() % len(team.people)].id for _ in team.people)
        return next((one for one in turns if one in others), None)
    owner = of_account() if team.owner_rule == "account" else team.owner
    return owner if owner in others else None


def zone_of(team: Team, otherwise: str) -> str:
    """In which its times are shown."""
    return team.calendar.tz if team.calendar else otherwise


def minutes_of(interval: str) -> tuple[int, int]:
    """Where it begins and ends, since midnight. `24:00` is the end of the day."""
    (first_hour, first), (last_hour, last) = (
        map(int, edge.split(":")) for edge in interval.split("-")
    )
    return first_hour * 60 + first, last_hour * 60 + last
