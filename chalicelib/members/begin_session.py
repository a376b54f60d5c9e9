"""The one place where a proven address becomes a session. A sign-in by Cognito or another OIDC
provider calls it with the address that the provider has verified."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.invitations.token import TokenKeys
from chalicelib.members.session import new_session, write_session
from chalicelib.members.store import SessionStore
from chalicelib.table import Write


def begin_session(
    person: str, now: datetime, keys: TokenKeys, sessions: SessionStore, extra: Sequence[Write]
) -> str:
    """The text of its cookie. `extra` is written with it or not at all. Raises as
    Table.transact."""
    session = new_session(person, now)
    sessions.add(session, now, extra)
    return write_session(session, keys)
