"""The tap: a fact is noted, the judge makes a verdict of all facts, and the verdict becomes
the response. A verdict depends on nothing but the facts and the time, so a late tick settles
an answer as a tick in time would have."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from chalicelib.errors import NotFound, VisitFull
from chalicelib.invitations.token import Link
from chalicelib.responses.judge.facts import Act, Beacon, Decision, Fact, Facts
from chalicelib.responses.judge.verdict import State, Verdict
from chalicelib.responses.judged import Known, Terms, Words, judged, known_of
from chalicelib.responses.monitor import Observation, observed
from chalicelib.responses.record import RecordNeeds
from chalicelib.responses.response import Response
from chalicelib.retry import ANSWER_TRIES, retrying
from chalicelib.table import Update


class TapNeeds(Struct, frozen=True):
    """`terms` are the survey's. `watch` takes the metrics."""

    record: RecordNeeds
    terms: Terms
    watch: Callable[[Observation], None] = lambda _: None


def note(link: Link, fact: Fact, needs: TapNeeds) -> Facts:
    """Gives all that is known of the link then. Raises VisitFull, LinkRejected after an erasure,
    Unavailable after all tries."""
    responses = needs.record.responses
    return retrying(
        lambda attempt: responses.note(link.invitation, fact, link.expires), needs.record.pause
    )


def take_beacon(link: Link, beacon: Beacon, now: datetime, needs: TapNeeds) -> bool:
    """Whether the tap of the beacon's own visit counts by now. Raises as `note`, but not
    VisitFull."""
    try:
        facts = note(link, beacon, needs)
    except VisitFull:
        return False
    response, verdict = _settle(link.invitation, now, needs, facts)
    stands = response is not None and response.is_counted and response.score == beacon.score
    return stands and verdict.counts(beacon.visit, beacon.score)


def decide(
    response_id: str, survey_id: str, accepted: bool, by: str, now: datetime, needs: TapNeeds
) -> Response:
    """An operator accepts or dismisses a held response. `by` is the id of a key. Raises
    NotFound when it is not held."""
    invitation, current = needs.record.responses.invitation_and_response(response_id)
    held = current is not None and current.state is State.HELD
    if invitation is None or current is None or not held or current.survey != survey_id:
        raise NotFound("held response")
    decision = Decision(now.timestamp(), accepted, current.score or 0)
    facts = needs.record.responses.note(response_id, decision, invitation.expires_at)
    return _settle(response_id, now, needs, facts, by)[0] or current


def settle(invitation_id: str, now: datetime, needs: TapNeeds) -> Response | None:
    """Gives the response as it stands at `now`; None when there is nothing to speak of."""
    return _settle(invitation_id, now, needs)[0]


def _settle(
    invitation_id: str,
    now: datetime,
    needs: TapNeeds,
    noted: Facts | None = None,
    by: str | None = None,
) -> tuple[Response | None, Verdict]:
    def settle_once(attempt: int) -> tuple[Response | None, Verdict]:
        facts = None if attempt else noted
        return try_to_settle(invitation_id, now, needs, facts, attempt, by=by)

    record = needs.record
    return retrying(settle_once, record.pause, ANSWER_TRIES, time_left=record.time_left)


def try_to_settle(
    invitation_id: str,
    now: datetime,
    needs: TapNeeds,
    noted: Facts | None,
    attempt: int,
    form: tuple[Act, Words] | None = None,
    by: str | None = None,
) -> tuple[Response | None, Verdict]:
    """One try. `noted` is what was known after the last fact was noted; None: it is read. Raises
    LinkRejected, and as ResponseStore.replace."""
    responses, facts = needs.record.responses, noted
    invitation, current = responses.invitation_and_response(invitation_id)
    if facts is None or (current and current.seen > facts.known):
        # A verdict of fewer facts must not follow one of more: they are read after it.
        facts = responses.facts_of(invitation_id)
    known = known_of(invitation, current, facts)
    verdict, after = judged(known, now, form, needs.terms)
    if after and after != current:
        after = write_judged(known, after, now, needs, attempt, by)
    return after, verdict


def write_judged(
    known: Known,
    after: Response,
    now: datetime,
    needs: TapNeeds,
    attempt: int = 0,
    by: str | None = None,
    entry: Update | None = None,
) -> Response:
    """Gives it as it is stored. `by`, `entry` and what it raises are told at
    ResponseStore.replace."""
    invitation, before = known.invitation, known.response
    shard = needs.record.shard_of(after.survey, attempt)
    after = needs.record.responses.replace(before, after, shard, invitation, by, entry)
    waited = (now - invitation.asked_at).total_seconds()
    for observation in observed(before, after, waited, known.facts):
        needs.watch(observation)
    return after
