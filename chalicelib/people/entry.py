"""An entry of the directory: what it says of one person. It holds neither name nor address."""

from datetime import datetime

from chalicelib.discreet import Discreet
from chalicelib.invitations.known import Known


class Entry(Discreet, frozen=True):
    """`changed_by` is the id of a key. `external_ids` are in the order of the alphabet; None
    leaves them as they are. `email` is kept beside each of them, and is not read again."""

    hidden = ("email",)

    person: str
    known: Known
    changed_at: datetime
    changed_by: str | None = None
    external_ids: tuple[str, ...] | None = None
    email: str | None = None
