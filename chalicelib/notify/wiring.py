"""What writing and sending letters needs."""

from collections.abc import Mapping
from functools import partial

from chalicelib import wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.mail import wiring as mail_wiring
from chalicelib.notify.compose import Compose
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.letters import webhook_troubles
from chalicelib.notify.letters.webhook_troubles import Finding
from chalicelib.notify.send_letter import SendLetterNeeds
from chalicelib.teams import wiring as teams_wiring
from chalicelib.webhooks.store import WebhookStore


def letters() -> LetterStore:
    return LetterStore(wiring.table())


def send_letter_needs() -> SendLetterNeeds:
    has_stopped = invitations_wiring.people().has_stopped
    return SendLetterNeeds(letters(), composers(), has_stopped, mail_wiring.send_needs())


def composers() -> Mapping[str, Compose]:
    """By the kind of letters."""
    finding = Finding(WebhookStore(wiring.table()).find, teams_wiring.teams().find)
    of_a_webhook = partial(webhook_troubles.compose, finding=finding)
    return {webhook_troubles.FAILING: of_a_webhook, webhook_troubles.DISABLED: of_a_webhook}
