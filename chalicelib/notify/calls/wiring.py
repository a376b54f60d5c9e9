"""What making calls needs."""

from functools import partial

from chalicelib import retry, wiring
from chalicelib.notify.call import MakeCall
from chalicelib.notify.calls.deliver import DeliverNeeds
from chalicelib.notify.calls.health import Health
from chalicelib.notify.chat import wiring as chat_wiring
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.standard import standard_call
from chalicelib.notify.tickets import wiring as tickets_wiring
from chalicelib.notify.tickets.note_call import note_call
from chalicelib.notify.transport import Transport
from chalicelib.notify.wanted import while_wanted
from chalicelib.responses import wiring as responses_wiring
from chalicelib.settings import settings
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.teams import wiring as teams_wiring
from chalicelib.webhooks import call_wiring
from chalicelib.webhooks.delivery import NOTE
from chalicelib.webhooks.delivery_log import DeliveryLog
from chalicelib.webhooks.store import WebhookStore
from chalicelib.webhooks.webhook import Kind

CHANCES = 1000


def deliver_needs() -> DeliverNeeds:
    webhooks, find = WebhookStore(wiring.table()), responses_wiring.responses().find
    confidential, survey_of = call_wiring.confidential, surveys_wiring.surveys().get
    # One line for each kind of delivery.
    compose: dict[str, MakeCall] = {
        Kind.STANDARD: partial(standard_call, find=find, confidential_of=confidential),
        Kind.SLACK: chat_wiring.to_slack(),
        Kind.TEAMS: chat_wiring.to_teams(),
        NOTE: partial(note_call, needs=tickets_wiring.note_needs()),
    }
    return DeliverNeeds(
        log=DeliveryLog(wiring.table()),
        webhook=webhooks.find,
        compose={kind: while_wanted(made, find, survey_of) for kind, made in compose.items()},
        health=Health(
            webhooks, LetterStore(wiring.table()), teams_wiring.teams().find, wiring.pause
        ),
        transport=Transport(settings().calls_loopback),
        chance=lambda: wiring.pick(CHANCES) / CHANCES,
        pause=wiring.pause,
        time_left=retry.time_left,
    )
