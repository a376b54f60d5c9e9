"""What making calls needs."""

from functools import partial

from chalicelib import retry, wiring
from chalicelib.notify.calls.deliver import DeliverNeeds
from chalicelib.notify.calls.health import Health
from chalicelib.notify.standard import standard_call
from chalicelib.notify.transport import Transport
from chalicelib.responses import wiring as responses_wiring
from chalicelib.settings import settings
from chalicelib.webhooks import wiring as webhooks_wiring
from chalicelib.webhooks.webhook import Kind

CHANCES = 1000


def deliver_needs() -> DeliverNeeds:
    webhooks, find = webhooks_wiring.webhooks(), responses_wiring.responses().find
    confidential = webhooks_wiring.confidential
    return DeliverNeeds(
        log=webhooks_wiring.delivery_log(),
        webhook=webhooks.find,
        # One line for each kind of delivery.
        compose={Kind.STANDARD: partial(standard_call, find=find, confidential_of=confidential)},
        health=Health(webhooks),
        transport=Transport(settings().calls_loopback),
        chance=lambda: wiring.pick(CHANCES) / CHANCES,
        pause=wiring.pause,
        time_left=retry.time_left,
    )
