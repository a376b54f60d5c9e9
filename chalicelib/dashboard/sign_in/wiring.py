"""What asking for a sign-in needs."""

from datetime import datetime

from chalicelib import wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.members.ask_to_sign_in import Asked, AskNeeds
from chalicelib.members.sign_in import SignIn
from chalicelib.notify.letter_store import letter_to_item
from chalicelib.notify.letters.sign_in import sign_in_letter
from chalicelib.table import IF_NEW, Put
from chalicelib.web.rate_limit import RateStore


def ask_needs() -> AskNeeds:
    rate_key = invitations_wiring.person_key().encode()
    table = wiring.table()
    return AskNeeds(table, RateStore(table), rate_key, _letter, wiring.pause)


def _letter(sign_in: SignIn, said: Asked, now: datetime) -> Put:
    return Put(letter_to_item(sign_in_letter(sign_in.id, said.person, said.lang, now)), IF_NEW)
