"""Where somebody wishes to be reached whom an anonymous survey asked. Pure."""

from datetime import datetime

from chalicelib.discreet import Discreet


class ContactAddress(Discreet, frozen=True):
    """Of somebody who gave up to be anonymous with this response. `person` is the keyed hash of
    what they typed, by which an erasure finds it."""

    hidden = ("address",)

    response: str
    person: str
    address: str
    ends_at: datetime
