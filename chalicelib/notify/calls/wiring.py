"""What making calls needs."""

from functools import partial

from chalicelib import retry, wiring
from chalicelib.notify.call import Compose
from chalicelib.notify.calls.deliver import DeliverNeeds
from chalicelib.notify.calls.health import Health
from chalicelib.notify.standard import standard_call
from chalicelib.notify.transport import Transport
from chalicelib.notify.wanted import while_wanted
from chalicelib.responses import wiring as responses_wiring
from chalicelib.settings import settings
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.webhooks import wiring as webhooks_wiring
from chalicelib.webhooks.webhook import Kind

CHANCES = 1000


def deliver_needs() -> DeliverNeeds:
    webhooks, find = webhooks_wiring.webhooks(), responses_wiring.responses().find
    confidential = webhooks_wiring.confidential
    survey_of = surveys_wiring.surveys().get
    # One line for each kind of delivery.
    compose: dict[str, Compose] = {
        Kind.STANDARD: partial(standard_call, find=find, confidential_of=confidential),
    }
    return DeliverNeeds(
        log=webhooks_wiring.delivery_log(),
        webhook=webhooks.find,
        compose={kind: while_wanted(made, find, survey_of) for kind, made in compose.items()},
        health=Health(webhooks),
        transport=Transport(settings().calls_loopback),
        chance=lambda: wiring.pick(CHANCES) / CHANCES,
        pause=wiring.pause,
        time_left=retry.time_left,
    )
