"""What the use cases of members need."""

from chalicelib import wiring
from chalicelib.members.store import MemberStore, SessionStore


def members() -> MemberStore:
    return MemberStore(wiring.table())


def sessions() -> SessionStore:
    return SessionStore(wiring.table())
