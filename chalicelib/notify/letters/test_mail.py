"""An invitation as respondents will get it, to the member who asked to see it. Its links lead to
the preview, so that its taps count nowhere."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from msgspec import Struct

from chalicelib import moments
from chalicelib.members.member import Member
from chalicelib.notify.compose import Addressee, Composed
from chalicelib.notify.letter import Letter, letter_for
from chalicelib.notify.samples import sample_facts
from chalicelib.surveys.definition import Survey

KIND: Final = "test"
NO_MEMBER: Final = "no_member"


class TestMailNeeds(Struct, frozen=True):
    """`member` takes the keyed hash of an address. `base_url` has no trailing slash."""

    __test__ = False

    member: Callable[[str], Member | None]
    survey: Callable[[str], Survey]
    base_url: Callable[[], str]


def letter_of_test(survey: str, member: Member, lang: str, now: datetime) -> Letter:
    """One a minute."""
    minute = moments.to_text(now.replace(second=0, microsecond=0))
    to = {"member": member.person, "lang": lang}
    return letter_for(KIND, survey, to, now, survey, once=minute)


def compose_test(letter: Letter, needs: TestMailNeeds) -> Composed | str:
    member, survey = needs.member(letter.to["member"]), needs.survey(letter.about)
    if member is None:
        return NO_MEMBER
    lang = letter.to["lang"]
    shown = f"{needs.base_url()}/app/setup/surveys/{survey.id}/preview?kind=page&lang={lang}"
    # The footer stops letters of this kind.
    facts = {**sample_facts(survey, lang, shown)}
    facts.pop("unsubscribe_url")
    facts.pop("lang")
    return Composed(Addressee(member.person, member.email, lang), survey.id, facts)
