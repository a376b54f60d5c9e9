"""An entry of the directory: what it says of one person. It holds neither name nor address."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.invitations.known import Known


@dataclass(frozen=True)
class Entry:
    """`changed_by` is the id of a key."""

    person: str
    known: Known
    changed_at: datetime
    changed_by: str | None = None
