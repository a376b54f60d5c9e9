"""The people whose outcomes are looked for, and from which time on. Pure: each person is in the
table once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from chalicelib.surveys.scale import Band

Group = Band | Literal["silent", "never_asked"]
SILENT: Final = "silent"
NEVER_ASKED: Final = "never_asked"


class AskedPerson(Struct, frozen=True):
    """One time that a person was asked. `answered_at` and `score` are None until an answer
    counts. `erased`: there was an answer, and it was erased."""

    person: str
    at: datetime
    answered_at: datetime | None = None
    score: int | None = None
    erased: bool = False


class CohortMember(Struct, frozen=True):
    """An outcome counts from `starts_at` on."""

    person: str
    group: Group
    starts_at: datetime
    score: int | None = None


class Cohort(Struct, frozen=True):
    """`erased` counts people who are left out because their only answer was erased, `unnamed`
    those whose address nobody knows."""

    people: tuple[CohortMember, ...]
    erased: int
    unnamed: int = 0


def cohort_of(
    asked: Iterable[AskedPerson],
    contacts: Mapping[str, datetime],
    first: datetime,
    band: Mapping[int, Band],
) -> Cohort:
    """`contacts` tells when each person became a contact, `band` the band of each score. The
    first answer that counts decides; without an answer, the first time the person was asked."""
    answers: dict[str, CohortMember] = {}
    silent: dict[str, CohortMember] = {}
    erased: set[str] = set()
    for asking in asked:
        if asking.answered_at and asking.score is not None:
            group = band[asking.score]
            answer = CohortMember(asking.person, group, asking.answered_at, asking.score)
            _keep_first(answers, answer)
        elif asking.erased:
            erased.add(asking.person)
        else:
            _keep_first(silent, CohortMember(asking.person, SILENT, asking.at))
    left_out = erased - answers.keys()
    not_silent = answers.keys() | left_out
    quiet = [member for member in silent.values() if member.person not in not_silent]
    known = answers.keys() | silent.keys() | erased
    others = [
        CohortMember(person, NEVER_ASKED, max(first, added_at))
        for person, added_at in contacts.items()
        if person not in known
    ]
    return Cohort((*answers.values(), *quiet, *others), len(left_out))


def _keep_first(kept: dict[str, CohortMember], member: CohortMember) -> None:
    earlier = kept.get(member.person)
    if earlier is None or member.starts_at < earlier.starts_at:
        kept[member.person] = member
