"""What a published ballot becomes: an answer of nobody. Pure."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from chalicelib import moments
from chalicelib.ballots.ballot import Ballot, receipt_code, result_id
from chalicelib.ballots.ballot_keys import BallotKeys
from chalicelib.releases.plan import Plan
from chalicelib.responses.contact_address import ContactAddress
from chalicelib.responses.response import BALLOT, Response
from chalicelib.surveys.definition import Survey

# Takes an address, and gives the id of its person; None when that person was erased.
PersonOf = Callable[[str], str | None]


def results_of(
    ballots: Sequence[Ballot], plan: Plan, survey: Survey, keys: BallotKeys
) -> list[Response]:
    """In the order of their ids, which no other order leads to."""
    results = [_result(ballot, plan, survey, keys) for ballot in ballots]
    return sorted(results, key=lambda result: result.id)


def id_of_result(ballot: Ballot, keys: BallotKeys) -> str:
    return result_id(receipt_code(ballot.id, ballot.salt, keys))


def contacts_of(
    ballots: Sequence[Ballot], plan: Plan, survey: Survey, keys: BallotKeys, person_of: PersonOf
) -> list[ContactAddress]:
    """Of those who asked to be contacted, and were not erased since. They end by themselves."""
    day = date.fromisoformat(plan.day) + timedelta(days=survey.keep_days)
    ends = moments.start_of(day, survey.tz)
    typed = [(id_of_result(one, keys), one.contact) for one in ballots if one.contact is not None]
    found = [(result, person_of(address), address) for result, address in typed]
    return [ContactAddress(result, who, address, ends) for result, who, address in found if who]


def _result(ballot: Ballot, plan: Plan, survey: Survey, keys: BallotKeys) -> Response:
    start = moments.start_of(date.fromisoformat(plan.day), survey.tz)
    return Response(
        id=id_of_result(ballot, keys),
        survey=survey.id,
        person=None,
        score=ballot.score,
        comment=ballot.comment,
        segments=(),
        ticket=None,
        day=plan.day,
        asked_day=plan.day,
        answered_at=start,
        # Several blocks of a day follow each other, so that a reader of changes misses none.
        changed_at=start + timedelta(milliseconds=plan.number),
        version=1,
        operations=(),
        origin=BALLOT,
        scale=survey.scale,
        groups=ballot.groups,
        receipt=ballot.receipt,
        answers=ballot.answers,
        contact=ballot.contact is not None,
    )
