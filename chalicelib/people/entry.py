"""An entry of the directory: what it says of one person. It holds neither name nor address."""

from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.invitations.known import Known


@dataclass(frozen=True)
class Entry:
    """`changed_by` is the id of a key. `external_ids` are in the order of the alphabet; None
    leaves them as they are. `email` is kept beside each of them, and is not read again."""

    person: str
    known: Known
    changed_at: datetime
    changed_by: str | None = None
    external_ids: tuple[str, ...] | None = None
    email: str | None = field(default=None, repr=False)
