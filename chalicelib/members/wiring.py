"""What the use cases of members need."""

from functools import cache

from chalicelib import wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.members.change_members import ChangeMembersNeeds
from chalicelib.members.finish_sign_in import FinishNeeds
from chalicelib.members.sign_in_store import SignInStore
from chalicelib.members.store import MemberStore, SessionStore
from chalicelib.web.idempotency import DeliveryStore
from chalicelib.web.tries import Tries


def members() -> MemberStore:
    return MemberStore(wiring.table())


def change_members_needs() -> ChangeMembersNeeds:
    return ChangeMembersNeeds(members(), DeliveryStore(wiring.table()))


def sessions() -> SessionStore:
    return SessionStore(wiring.table())


@cache
def tries() -> Tries:
    """Of codes, in the memory of this process alone."""
    return Tries()


def finish_needs() -> FinishNeeds:
    return FinishNeeds(
        SignInStore(wiring.table()),
        members(),
        sessions(),
        invitations_wiring.token_keys(),
        invitations_wiring.person_key(),
        wiring.pause,
    )
