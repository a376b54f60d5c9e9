"""What is sent to one address. Each kind of delivery has one function that makes it: that of a
channel in this folder, named in calls/wiring.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.errors import HeedError
from chalicelib.webhooks.delivery import Delivery
from chalicelib.webhooks.webhook import Webhook


@dataclass(frozen=True)
class Call:
    url: str
    body: bytes
    headers: Mapping[str, str]
    method: str = "POST"


class LeftOut(HeedError):
    """There is nothing to send any more. `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# Raises LeftOut. There is a webhook unless the kind of the delivery has none. The time is that of
# the call.
Compose = Callable[[Delivery, Webhook | None, datetime], Call]
