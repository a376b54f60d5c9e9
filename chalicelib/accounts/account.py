"""An account: a client company, or any people who are served together, and its contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import StringConstraints

from chalicelib.invitations.throttle import Person
from chalicelib.surveys.scale import Band

Audience = Literal["internal", "external"]
CallersId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$")]


class Capacity(StrEnum):
    """In which a contact acts for the account."""

    DECIDES = "decides"
    ADVISES = "advises"
    USES = "uses"
    UNKNOWN = "unknown"


class Engagement(StrEnum):
    """How much a contact is in touch besides surveys."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Account:
    id: str
    name: str
    audience: Audience


@dataclass(frozen=True)
class Contact:
    """`person` is the keyed hash of the address. `added_at`: since when this person, under
    this id, is a contact."""

    account: str
    id: str
    person: str
    email: str
    name: str | None
    role: str | None
    capacity: Capacity
    engagement: Engagement
    left: bool
    added_at: datetime


@dataclass(frozen=True)
class Occasion:
    """One time that a person was asked; `answered_at` None: no answer counts."""

    survey: str
    asked_at: datetime
    answered_at: datetime | None = None
    band: Band | None = None


@dataclass(frozen=True)
class AskedContact:
    """A contact, who they are to the mail room, and every occasion, the oldest first."""

    contact: Contact
    person: Person
    occasions: Sequence[Occasion]
