"""Reads what the digest of an account's owner says. It reads the ledger of each person of the
accounts, and their answers and tasks in batches."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from chalicelib.accounts.account import Owner
from chalicelib.accounts.list_contacts import REMEMBERED
from chalicelib.accounts.owned import Owned
from chalicelib.accounts.store import AccountStore
from chalicelib.digests.account_part import account_part
from chalicelib.digests.digest import Part
from chalicelib.periods import Range
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.task import Task

MOST_PARTS: Final = 20
# Each is a query.
MOST_PEOPLE: Final = 500


class ReadOwnersDigestNeeds(Struct, frozen=True):
    surveys: Callable[[], Iterable[Survey]]
    accounts: AccountStore
    responses: Callable[[list[str]], dict[str, Response]]
    tasks: Callable[[Sequence[str]], dict[str, Task]]


class OwnersDigest(Struct, frozen=True):
    """`left_out` is the number of accounts that it does not speak of, because there are more than
    one mail can tell of."""

    parts: Sequence[Part]
    left_out: int = 0


def read_owners_digest(
    owner: Owner, reader: str, days: Range, now: datetime, needs: ReadOwnersDigestNeeds
) -> OwnersDigest:
    """Of the owner's accounts, by name; those with nothing to say are left out. Only of named
    surveys whose tasks are the team's: what others promised to show to their team stays there. The
    answers of `reader`, who is the owner, are left out."""
    mine = {survey.id: survey for survey in needs.surveys() if _may_tell(survey, owner.team)}
    if not mine:
        return OwnersDigest([])
    owned = sorted(needs.accounts.owned_by(owner), key=lambda one: (one.name, one.account))
    parts: list[Part] = []
    people_left = MOST_PEOPLE
    for place, one in enumerate(owned):
        if len(parts) == MOST_PARTS or people_left <= 0:
            return OwnersDigest(parts, len(owned) - place)
        people = needs.accounts.people_of(one.account, people_left)
        people_left -= len(people)
        others = [person for person in people if person != reader]
        part = _part(one, others, mine, days, now, needs)
        parts += [part] if part.says_something else []
    return OwnersDigest(parts)


def _may_tell(survey: Survey, team: str) -> bool:
    return survey.task_team == team and not survey.is_sealed


def _part(
    owned: Owned,
    people: Sequence[str],
    surveys: Mapping[str, Survey],
    days: Range,
    now: datetime,
    needs: ReadOwnersDigestNeeds,
) -> Part:
    ledgers = needs.accounts.ledgers(people, now - REMEMBERED)
    asked = sorted({invitation for ledger in ledgers for invitation in ledger.invitations})
    found = needs.responses(asked).values()
    answers = [one for one in found if _is_of(one, owned.account, surveys)]
    tasks = needs.tasks([answer.id for answer in answers])
    langs = [surveys[answer.survey].lang for answer in answers]
    lang = langs[0] if langs else next(iter(surveys.values())).lang
    return account_part(owned.name, lang, answers, tasks, days, now)


def _is_of(answer: Response, account: str, surveys: Mapping[str, Survey]) -> bool:
    """What was asked on behalf of another account is of that one."""
    is_theirs = answer.account in (None, account) and answer.survey in surveys
    return is_theirs and answer.is_counted
