"""The wiring of accounts and outcomes: apart from wiring.py, which every tap imports."""

from chalicelib import wiring
from chalicelib.api.accounts import LookingBack
from chalicelib.api.outcome_report import Sources
from chalicelib.api.outcomes import Recording
from chalicelib.api.silent_accounts import Books
from chalicelib.intake.account_store import AccountStore
from chalicelib.intake.person import person_id
from chalicelib.score.outcome_store import OutcomeStore


def accounts() -> AccountStore:
    return AccountStore(wiring.table())


def outcomes() -> OutcomeStore:
    return OutcomeStore(wiring.table())


def person_of(address: str) -> str:
    return person_id(address, wiring.person_key())


def recording() -> Recording:
    return Recording(outcomes(), person_of, accounts().known)


def sources() -> Sources:
    invitations, responses = wiring.invitations(), wiring.responses()
    return Sources(invitations, accounts(), outcomes(), responses.find_all)


def books() -> Books:
    return Books(accounts(), wiring.invitations(), wiring.responses().find_all)


def looking_back() -> LookingBack:
    invitations, responses = wiring.invitations(), wiring.responses()
    return LookingBack(accounts(), invitations.find_all, responses.find_all, wiring.catalogue().get)
