"""An outcome: what a person or an account did later, as the API was told."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    REFERRAL = "referral"
    RENEWAL = "renewal"
    CHURN = "churn"


class ChurnReason(StrEnum):
    """Why somebody left, as told. They are never added up into one: who was acquired did
    not leave over the service."""

    SERVICE = "service"
    PRICE = "price"
    PRODUCT_FIT = "product_fit"
    ACQUIRED = "acquired"
    CLOSED = "closed"
    MOVED = "moved"
    OTHER = "other"


class Outcome(Struct, frozen=True):
    """It has either a person or an account. Only churn has a `reason`. `changed_by` is the id
    of a key."""

    id: str
    kind: Kind
    person: str | None
    account: str | None
    happened_at: datetime
    reason: ChurnReason | None
    note: str | None
    recorded_at: datetime
    changed_by: str | None = None
