"""What the use cases of invitations need."""

from chalicelib import wiring
from chalicelib.errors import Unavailable
from chalicelib.invitations.ask import Asking
from chalicelib.invitations.issue_links import IssueLinksNeeds
from chalicelib.invitations.person import person_id
from chalicelib.invitations.store import InvitationStore, PersonStore
from chalicelib.invitations.token import TokenKeys
from chalicelib.settings import settings
from chalicelib.web.idempotency import DeliveryStore


def invitations() -> InvitationStore:
    return InvitationStore(wiring.table())


def people() -> PersonStore:
    return PersonStore(wiring.table())


def deliveries() -> DeliveryStore:
    return DeliveryStore(wiring.table())


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


def asking() -> Asking:
    return Asking(
        invitations=invitations(),
        deliveries=deliveries(),
        person_id=person_of,
        key_id=lambda: token_keys().active,
        pause=wiring.pause,
    )


def issue_links_needs() -> IssueLinksNeeds:
    return IssueLinksNeeds(
        invitations=invitations(),
        deliveries=deliveries(),
        person=people().get,
        person_id=person_of,
        key_id=lambda: token_keys().active,
        pause=wiring.pause,
        pick=wiring.pick,
    )
