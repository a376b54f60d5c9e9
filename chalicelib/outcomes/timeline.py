"""What an account answered and did, and what was to be done for it, the last first."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from chalicelib import moments
from chalicelib.accounts.list_contacts import REMEMBERED
from chalicelib.accounts.occasions import occasions
from chalicelib.accounts.store import AccountStore
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.errors import NotFound
from chalicelib.invitations.invitation import Invitation
from chalicelib.outcomes import timeline_schemas as schemas
from chalicelib.outcomes.outcome import Outcome
from chalicelib.outcomes.show_outcome import show_outcome
from chalicelib.outcomes.store import OutcomeStore
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.task import Task
from chalicelib.web.cursor import decode_cursor, encode_cursor
from chalicelib.web.pagination import PageQuery

MOST_PEOPLE = 200


class TimelineNeeds(Struct, frozen=True):
    accounts: AccountStore
    outcomes: OutcomeStore
    invitations: Callable[[Sequence[str]], dict[str, Invitation]]
    responses: Callable[[list[str]], dict[str, Response]]
    tasks: Callable[[Sequence[str]], dict[str, Task]]
    survey: Callable[[str], Survey]


def show_timeline(
    account: str, query: PageQuery, now: datetime, needs: TimelineNeeds
) -> schemas.Timeline:
    """Raises Conflict."""
    after = decode_cursor(query.cursor, "at", "id")
    since = now - REMEMBERED
    people = needs.accounts.people_of(account, MOST_PEOPLE + 1)
    found = sorted(_entries(account, people[:MOST_PEOPLE], since, now, needs), key=_place)[::-1]
    if after:
        found = [entry for entry in found if _place(entry) < (after["at"], after["id"])]
    page = found[: query.limit]
    last = _place(page[-1]) if len(found) > len(page) else None
    return {
        "since": moments.to_text(since),
        "all_people": len(people) <= MOST_PEOPLE,
        "items": page,
        "next": encode_cursor({"at": last[0], "id": last[1]}) if last else None,
    }


def _place(entry: schemas.TimelineEntry) -> tuple[str, str]:
    return entry["at"], f"{entry['kind']}-{entry['id']}"


def _entries(
    account: str, people: Sequence[str], since: datetime, now: datetime, needs: TimelineNeeds
) -> Iterator[schemas.TimelineEntry]:
    ledgers = [needs.accounts.ledger(person, since) for person in people]
    answers = _answers(account, [one for ledger in ledgers for one in ledger.invitations], needs)
    tasks = needs.tasks([answer.id for answer in answers])
    for answer in answers:
        yield _answer(answer)
        if answer.id in tasks:
            yield _task(tasks[answer.id], answer, now)
    told = {one for ledger in ledgers for one in ledger.outcomes}
    told |= set(needs.accounts.outcomes_of(account))
    for outcome in needs.outcomes.find_all(sorted(told)):
        if outcome.happened_at >= since:
            yield _outcome(outcome)


def _answers(account: str, ids: Sequence[str], needs: TimelineNeeds) -> list[Response]:
    """Of named surveys alone. What was asked on behalf of another account is of that one."""
    asked = needs.invitations(sorted(set(ids))).values()
    named = {survey for survey in {one.survey for one in asked} if _is_named(survey, needs)}
    here = [one for one in asked if one.survey in named and one.account in (None, account)]
    found = (answer for _, answer in occasions(here, needs.responses))
    return [answer for answer in found if answer and not answer.gone]


def _is_named(survey: str, needs: TimelineNeeds) -> bool:
    try:
        return not needs.survey(survey).is_sealed
    except NotFound:
        return False


def _answer(answer: Response) -> schemas.TimelineEntry:
    return {
        "at": moments.to_text(answer.answered_at),
        "kind": "answer",
        "id": answer.id,
        "person": answer.person,
        "answer": {
            "survey": answer.survey,
            "score": answer.score,
            "band": answer.band,
            "comment": answer.comment,
        },
        "task": None,
        "outcome": None,
    }


def _task(task: Task, answer: Response, now: datetime) -> schemas.TimelineEntry:
    closing = task.closing
    return {
        "at": moments.to_text(task.created_at),
        "kind": "task",
        "id": task.id,
        "person": answer.person,
        "answer": None,
        "task": {
            "survey": task.survey,
            "state": task.state(now),
            "owner": task.owner,
            "due_at": moments.to_text(task.due_at),
            "closed_at": moments.to_text(closing.at) if closing else None,
            "cause": closing.cause if closing else None,
        },
        "outcome": None,
    }


def _outcome(outcome: Outcome) -> schemas.TimelineEntry:
    return {
        "at": moments.to_text(outcome.happened_at),
        "kind": "outcome",
        "id": outcome.id,
        "person": outcome.person,
        "answer": None,
        "task": None,
        "outcome": show_outcome(outcome, Disclosure(sees_people=True)),
    }
