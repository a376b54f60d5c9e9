"""Whom an outcome is looked for, and from when on. Pure: a person stands in the table once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from chalicelib.surveys.scale import Band

Group = Band | Literal["silent", "never_asked"]
SILENT: Final = "silent"
NEVER_ASKED: Final = "never_asked"


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """One time that a person was asked. `score` with `answered_at`, once an answer counts;
    `erased`: it was answered, and the answer was taken out of everything."""

    person: str
    at: datetime
    answered_at: datetime | None = None
    score: int | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """An outcome counts from `starts_at` on."""

    person: str
    group: Group
    starts_at: datetime
    score: int | None = None


@dataclass(frozen=True)
class Following:
    """`erased` counts the people who are left out since their only answer is gone, `unnamed`
    those whose address nobody knows."""

    people: tuple[Followed, ...]
    erased: int
    unnamed: int = 0


def follow(
    asked: Iterable[AskedPerson],
    contacts: Mapping[str, datetime],
    first: datetime,
    band: Mapping[int, Band],
) -> Following:
    """`contacts`: when each person became one; `band` of each score. A person stands in the
    group of the first answer that counts, else with the first time of being asked."""
    answers: dict[str, Followed] = {}
    silent: dict[str, Followed] = {}
    erased: set[str] = set()
    for asking in asked:
        if asking.answered_at and asking.score is not None:
            answer = Followed(asking.person, band[asking.score], asking.answered_at, asking.score)
            _keep_first(answers, answer)
        elif asking.erased:
            erased.add(asking.person)
        else:
            _keep_first(silent, Followed(asking.person, SILENT, asking.at))
    left_out = erased - answers.keys()
    heard_of = answers.keys() | left_out
    quiet = [followed for followed in silent.values() if followed.person not in heard_of]
    known = answers.keys() | silent.keys() | erased
    others = [
        Followed(person, NEVER_ASKED, max(first, added_at))
        for person, added_at in contacts.items()
        if person not in known
    ]
    return Following((*answers.values(), *quiet, *others), len(left_out))


def _keep_first(kept: dict[str, Followed], followed: Followed) -> None:
    earlier = kept.get(followed.person)
    if earlier is None or followed.starts_at < earlier.starts_at:
        kept[followed.person] = followed
