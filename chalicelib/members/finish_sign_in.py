"""Turns a link or a code into a session, once."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from chalicelib.errors import LinkRejected, WriteRefused
from chalicelib.invitations.token import TokenKeys
from chalicelib.members.begin_session import begin_session
from chalicelib.members.sign_in import SignIn, is_code
from chalicelib.members.sign_in_store import SignInStore, used
from chalicelib.members.store import MemberStore, SessionStore
from chalicelib.retry import reading


class FinishNeeds(Struct, frozen=True):
    sign_ins: SignInStore
    members: MemberStore
    sessions: SessionStore
    keys: TokenKeys
    person_key: str
    pause: Callable[[int], None]


def finish_by_link(sign_in_id: str, browser: str, now: datetime, needs: FinishNeeds) -> str:
    """The text of the session's cookie. Raises LinkRejected."""
    found = asked_here(sign_in_id, browser, now, needs)
    if found is None:
        raise LinkRejected
    return _finish(found, browser, now, needs)


def finish_by_code(code: str, browser: str, now: datetime, needs: FinishNeeds) -> tuple[str, str]:
    """The text of the session's cookie, and where to go. Raises LinkRejected, also after too many
    tries."""
    found = needs.sign_ins.take_try(browser, now)
    if found is None or not is_code(code, found.id, needs.person_key):
        raise LinkRejected
    return _finish(found, browser, now, needs), found.back


def asked_here(sign_in_id: str, browser: str, now: datetime, needs: FinishNeeds) -> SignIn | None:
    """The sign-in, if this browser asked for it."""
    found = reading(lambda: needs.sign_ins.find(browser, now), needs.pause)
    return found if found and found.id == sign_in_id else None


def _finish(sign_in: SignIn, browser: str, now: datetime, needs: FinishNeeds) -> str:
    if not sign_in.is_good(now):
        raise LinkRejected
    member = reading(lambda: needs.members.find(sign_in.person), needs.pause)
    if member is None:
        raise LinkRejected
    once = [used(sign_in, browser)]
    try:
        return begin_session(member.person, now, needs.keys, needs.sessions, once)
    except WriteRefused as refused:
        raise LinkRejected from refused
