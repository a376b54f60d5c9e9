"""Whom an outcome is looked for, and from when on. Pure: a person stands in the table once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

SILENT = "silent"
NEVER_ASKED = "never_asked"


@dataclass(frozen=True, slots=True)
class Asked:
    """One time that a person was asked. `score` with `answered_at`, once an answer counts;
    `erased`: it was answered, and the answer was taken out of everything."""

    person: str
    at: datetime
    answered_at: datetime | None = None
    score: int | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """`group` is a band, `silent` or `never_asked`. An outcome counts from `starts_at` on."""

    person: str
    group: str
    starts_at: datetime
    score: int | None = None


@dataclass(frozen=True)
class Following:
    """`erased` counts the people who are left out since their only answer is gone."""

    people: tuple[Followed, ...]
    erased: int


def follow(
    asked: Iterable[Asked],
    contacts: Mapping[str, datetime],
    first: datetime,
    band: Mapping[int, str],
) -> Following:
    """`contacts`: when each person became one; `band` of each score. A person stands in the
    group of the first answer that counts, else with the first time of being asked."""
    answers: dict[str, Followed] = {}
    silent: dict[str, Followed] = {}
    erased: set[str] = set()
    for one in asked:
        if one.answered_at and one.score is not None:
            answer = Followed(one.person, band[one.score], one.answered_at, one.score)
            _keep_first(answers, answer)
        elif one.erased:
            erased.add(one.person)
        else:
            _keep_first(silent, Followed(one.person, SILENT, one.at))
    left_out = erased - answers.keys()
    heard_of = answers.keys() | left_out
    quiet = [one for one in silent.values() if one.person not in heard_of]
    known = answers.keys() | silent.keys() | erased
    others = [
        Followed(person, NEVER_ASKED, max(first, added_at))
        for person, added_at in contacts.items()
        if person not in known
    ]
    return Following((*answers.values(), *quiet, *others), len(left_out))


def _keep_first(kept: dict[str, Followed], one: Followed) -> None:
    earlier = kept.get(one.person)
    if earlier is None or one.starts_at < earlier.starts_at:
        kept[one.person] = one
