"""An account, which is a client company or another group of people, and its contacts."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import AfterValidator, Field

from chalicelib.invitations.fields import CallersId
from chalicelib.invitations.throttle import Person
from chalicelib.surveys.scale import Band

Audience = Literal["internal", "external"]
# Files come in at an address beside those of what they hold.
TAKEN = "imports"


def _is_free(name: str) -> str:
    if name == TAKEN:
        raise ValueError(f"no id may be {TAKEN}")
    return name


NewId = Annotated[
    CallersId, AfterValidator(_is_free), Field(json_schema_extra={"not": {"const": TAKEN}})
]


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


class Owner(Struct, frozen=True):
    """`person` is the id of one of the team's people."""

    team: str
    person: str


class Account(Struct, frozen=True):
    """`changed_by` is the id of a key, as of a contact."""

    id: str
    name: str
    audience: Audience
    changed_by: str | None = None
    owner: Owner | None = None


class Contact(Struct, frozen=True):
    """`person` is the keyed hash of the address. `added_at` is the time when this person
    became the contact with this id."""

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
    changed_by: str | None = None


class Occasion(Struct, frozen=True):
    """One time that a person was asked. `answered_at` is None when no answer counts."""

    survey: str
    asked_at: datetime
    answered_at: datetime | None = None
    band: Band | None = None


class AskedContact(Struct, frozen=True):
    """`person` tells whether mail may go to the contact. `occasions` has the oldest first.
    `was_erased`: there was an answer that is in none of them, because it was erased."""

    contact: Contact
    person: Person
    occasions: Sequence[Occasion]
    was_erased: bool = False
