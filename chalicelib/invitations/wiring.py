"""The stores of invitations and people, and the keys that sign links and name people. A tap
needs these. What asking needs is in ask_wiring.py."""

from collections.abc import Callable

from chalicelib import wiring
from chalicelib.errors import Unavailable
from chalicelib.invitations.change_invitation import ChangeInvitationNeeds
from chalicelib.invitations.external_ids import ExternalIdStore
from chalicelib.invitations.person import person_id
from chalicelib.invitations.person_store import PersonStore
from chalicelib.invitations.served import ServedStore
from chalicelib.invitations.store import InvitationStore
from chalicelib.invitations.token import TokenKeys
from chalicelib.invitations.unsubscribe import UnsubscribeNeeds
from chalicelib.settings import settings


def invitations() -> InvitationStore:
    return InvitationStore(wiring.table())


def people() -> PersonStore:
    return PersonStore(wiring.table())


def external_ids() -> ExternalIdStore:
    return ExternalIdStore(wiring.table())


def served() -> ServedStore:
    return ServedStore(wiring.table())


def change_invitation_needs(sees_people: bool) -> ChangeInvitationNeeds:
    return ChangeInvitationNeeds(invitations(), people().get, sees_people, wiring.pause)


def unsubscribe_needs(patience: Callable[[], float]) -> UnsubscribeNeeds:
    return UnsubscribeNeeds(invitations(), people(), wiring.pause, patience)


def token_keys() -> TokenKeys:
    """The secret is {"active": "a", "a": "...", ...}: ids of one character."""
    stored = wiring.secrets().json(settings().token_keys)
    keys = {name: str(key).encode() for name, key in stored.items() if len(name) == 1}
    if stored.get("active") not in keys:
        raise Unavailable
    return TokenKeys(stored["active"], keys)


def person_key() -> str:
    return wiring.secrets().text(settings().person_key)


def person_of(address: str) -> str:
    return person_id(address, person_key())
