"""The wiring of accounts and outcomes: apart from wiring.py, which every tap imports."""

from chalicelib import wiring
from chalicelib.api.accounts import LookingBack
from chalicelib.intake.account_store import AccountStore
from chalicelib.intake.person import person_id


def accounts() -> AccountStore:
    return AccountStore(wiring.table())


def person_of(address: str) -> str:
    return person_id(address, wiring.person_key())


def looking_back() -> LookingBack:
    invitations, responses = wiring.invitations(), wiring.responses()
    return LookingBack(accounts(), invitations.find_all, responses.find_all, wiring.catalogue().get)
