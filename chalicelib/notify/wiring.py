"""What writing and sending letters needs."""

from collections.abc import Mapping

from chalicelib import wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.mail import wiring as mail_wiring
from chalicelib.notify.compose import Compose
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.send_letter import SendLetterNeeds


def letters() -> LetterStore:
    return LetterStore(wiring.table())


def send_letter_needs() -> SendLetterNeeds:
    has_stopped = invitations_wiring.people().has_stopped
    return SendLetterNeeds(letters(), composers(), has_stopped, mail_wiring.send_needs())


def composers() -> Mapping[str, Compose]:
    """By the kind of letters."""
    return {}
