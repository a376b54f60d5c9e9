"""A look into the answer of one person to a confidential survey, and its record."""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct, field

from chalicelib import ids
from chalicelib.ballots.memory import BallotMemory
from chalicelib.disclosure.sealed import refuse_sealed
from chalicelib.errors import Conflict, FieldError
from chalicelib.lookups.store import Lookup, LookupStore
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import Answers

ANONYMOUS = "This survey is anonymous: nobody can tell which answer is whose."
NAMED = "This survey is named: GET its responses with the scope people:read."


class LookUpNeeds(Struct, frozen=True):
    """`result` gives a published answer."""

    lookups: LookupStore
    memory: BallotMemory
    result: Callable[[str], Response | None]


class Opened(Struct, frozen=True):
    """The answer of one invitation. `published` is the day of its release, None while it waits."""

    invitation: str
    score: int
    comment: str | None
    published: str | None = None
    answers: Answers = field(default_factory=dict)


def refuse_unless_confidential(survey: Survey) -> None:
    """Raises Conflict."""
    if survey.identity == "anonymous":
        refuse_sealed("survey", ANONYMOUS)
    if not survey.is_sealed:
        raise Conflict([FieldError("survey", "survey_named", NAMED)])


def look_up(
    survey: Survey,
    invitations: Sequence[str],
    reason: str,
    by: str,
    now: datetime,
    needs: LookUpNeeds,
) -> tuple[Lookup, list[Opened]]:
    """`by` is the id of a key. The record is written before anything is read, also when there is
    nothing to be found. Raises Conflict, and as Table.write."""
    refuse_unless_confidential(survey)
    record = Lookup(ids.new_id(), survey.id, tuple(invitations), reason, by, now)
    needs.lookups.add(record)
    return record, open_answers(survey.id, invitations, needs.memory, needs.result)


def open_answers(
    survey_id: str,
    invitations: Sequence[str],
    memory: BallotMemory,
    result_of: Callable[[str], Response | None],
) -> list[Opened]:
    """To be called by what has left a record."""
    found = []
    for invitation in invitations:
        known = memory.find(survey_id, invitation)
        if known and known.ballot:
            ballot = known.ballot
            opened = Opened(invitation, ballot.score, ballot.comment, None, ballot.answers)
            found.append(opened)
        result = result_of(known.result) if known and known.result else None
        if result and result.score is not None:
            words, day = result.comment, result.day
            found.append(Opened(invitation, result.score, words, day, result.answers))
    return found
