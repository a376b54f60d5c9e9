"""What is sent to one address. Each kind of delivery has one function that makes it: that of a
channel in this folder, named in calls/wiring.py."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Protocol

from msgspec import Struct

from chalicelib.errors import HeedError
from chalicelib.notify.transport import Answer, Transport
from chalicelib.webhooks.delivery import Delivery
from chalicelib.webhooks.webhook import Webhook

# The code of a TransportError: the receiver says by another status than 410 that it is gone.
REVOKED: Final = "revoked"


class Call(Struct, frozen=True):
    url: str
    body: bytes
    headers: Mapping[str, str]
    method: str = "POST"

    def make(self, by: Transport) -> Answer:
        """Raises TransportError."""
        return by.post(self.url, self.body, self.headers, self.method)


class Made(Protocol):
    """What one delivery does: a call, or several that belong together."""

    def make(self, by: Transport) -> Answer:
        """Raises TransportError."""
        ...


class LeftOut(HeedError):
    """There is nothing to send any more. `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# Raises LeftOut. There is a webhook unless the kind of the delivery has none. The time is that of
# the call.
MakeCall = Callable[[Delivery, Webhook | None, datetime], Made]
