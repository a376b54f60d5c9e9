"""To a member: the link to sign in by. To an address that is no member's nothing goes."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from msgspec import Struct

from chalicelib.invitations.token import TokenKeys
from chalicelib.languages import of_member
from chalicelib.mail.letter import Sender
from chalicelib.members.member import Member
from chalicelib.members.sign_in import LASTS, make_link
from chalicelib.messages import APP
from chalicelib.notify.compose import Addressee, Composed
from chalicelib.notify.letter import Letter, letter_for

KIND: Final = "sign_in"
NO_MEMBER, TOO_LATE = "no_member", "too_late"


class SignInLetterNeeds(Struct, frozen=True):
    """`member` finds by the keyed hash of an address."""

    member: Callable[[str], Member | None]
    sender: Callable[[], Sender]


def sign_in_letter(sign_in_id: str, person: str, lang: str, now: datetime) -> Letter:
    """`lang` is that of the browser that asked."""
    return letter_for(KIND, sign_in_id, {"person": person, "lang": lang}, now)


def compose_sign_in(letter: Letter, now: datetime, needs: SignInLetterNeeds) -> Composed | str:
    ends = letter.created_at + LASTS
    if now >= ends:
        return TOO_LATE
    member = needs.member(letter.to["person"])
    if member is None:
        return NO_MEMBER
    sender = needs.sender()
    to = Addressee(member.person, member.email, of_member(member.lang, letter.to["lang"]))
    facts = {"link": link_of(letter.about, ends, sender.base_url, sender.keys), "domain": APP}
    return Composed(to, KIND, facts, stops=False)


def link_of(sign_in_id: str, ends: datetime, base_url: str, keys: TokenKeys) -> str:
    return f"{base_url}/app/sign-in/{make_link(sign_in_id, ends, keys)}"
