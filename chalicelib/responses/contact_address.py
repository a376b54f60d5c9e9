"""Where somebody wishes to be reached whom an anonymous survey asked. Pure."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class ContactAddress:
    """Of somebody who gave up to be anonymous with this response. `person` is the keyed hash of
    what they typed, by which an erasure finds it."""

    response: str
    person: str
    address: str = field(repr=False)
    ends_at: datetime
