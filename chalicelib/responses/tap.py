"""The tap: a fact is noted, the judge makes a verdict of all facts, and the verdict becomes
the response. A verdict depends on nothing but the facts and the time, so a late tick settles
an answer as a tick in time would have."""

from collections.abc import Callable
from datetime import UTC, datetime

from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.errors import LinkRejected, NotFound, Unavailable, VisitFull
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.token import Link, ends_at
from chalicelib.responses.judge.facts import Act, Beacon, Decision, Fact, Facts
from chalicelib.responses.judge.judge import Delivery, judge
from chalicelib.responses.judge.verdict import State, Verdict, Why
from chalicelib.responses.monitor import Observation, observed
from chalicelib.responses.record import RecordNeeds
from chalicelib.responses.response import Response, new_response, with_answers, with_words
from chalicelib.retry import ANSWER_TRIES, retrying
from chalicelib.surveys.question import Answers
from chalicelib.surveys.scale import Scale


class Words(Struct, frozen=True):
    """What comes with a form beside the score. None leaves what was said before as it is, and so
    does a question that is not in `answers`."""

    comment: str | None = None
    contact: bool | None = None
    answers: Answers = field(default_factory=dict)


class TapNeeds(Struct, frozen=True):
    """`zone` is the survey's: the day that an answer counts on is a day of this zone. `trial`:
    what a script sends counts too. `watch` takes the metrics."""

    record: RecordNeeds
    zone: str
    scale: str = Scale.NPS
    trial: bool = False
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


def take_act(link: Link, act: Act, words: Words, now: datetime, needs: TapNeeds) -> State:
    """A form that was sent: its words are kept even while the score is held. Gives the state
    of this form: it is held, too, beside an equal answer that another visit gave. Raises
    LinkRejected when the answer was erased, VisitFull, Unavailable after all tries."""
    facts = note(link, act, needs)
    response, verdict = _settle(link.invitation, now, needs, facts, (act, words))
    if response is None:
        # Every act makes a claim, so this should not happen. The page then keeps the words.
        raise Unavailable
    stands = (verdict.operation, verdict.score) == (act.operation, act.score)
    return verdict.state if stands else State.HELD


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
    return _settle(response_id, now, needs, facts, by=by)[0] or current


def settle(invitation_id: str, now: datetime, needs: TapNeeds) -> Response | None:
    """Gives the response as it stands at `now`; None when there is nothing to speak of."""
    return _settle(invitation_id, now, needs)[0]


def _settle(
    invitation_id: str,
    now: datetime,
    needs: TapNeeds,
    noted: Facts | None = None,
    said: tuple[Act, Words] | None = None,
    by: str | None = None,
) -> tuple[Response | None, Verdict]:
    def try_to_settle(attempt: int) -> tuple[Response | None, Verdict]:
        responses = needs.record.responses
        invitation, current = responses.invitation_and_response(invitation_id)
        if invitation is None or invitation.is_erased or (current and current.gone):
            raise LinkRejected
        facts = None if attempt else noted
        if facts is None or (current and current.seen > facts.known):
            # A verdict of fewer facts must not follow one of more: they are read after it.
            facts = responses.facts_of(invitation_id)
        delivery = _delivery(invitation, needs.trial)
        verdict = judge(facts, delivery, max(now.timestamp(), facts.last_at))
        after = _judged(invitation, current, verdict, facts, now, said, needs)
        if after and after != current:
            shard = needs.record.shard_of(after.survey, attempt)
            after = responses.replace(current, after, shard, invitation, by)
            waited = (now - invitation.asked_at).total_seconds()
            for observation in observed(current, after, waited, facts):
                needs.watch(observation)
        return after, verdict

    record = needs.record
    return retrying(try_to_settle, record.pause, ANSWER_TRIES, time_left=record.time_left)


def _judged(
    invitation: Invitation,
    current: Response | None,
    verdict: Verdict,
    facts: Facts,
    now: datetime,
    form: tuple[Act, Words] | None,
    needs: TapNeeds,
) -> Response | None:
    if current is None and _tells_nothing(verdict, facts, now, form):
        return None
    if current and _is_counted_unjudged(current) and verdict.state is not State.COUNTED:
        return current
    after = _with_words(_with_verdict(invitation, current, verdict, now, needs), verdict, form)
    if current and _says_the_same(current, after, now):
        return current
    return replace(after, version=current.version + 1 if current else 1, seen=facts.known)


def _tells_nothing(
    verdict: Verdict, facts: Facts, now: datetime, form: tuple[Act, Words] | None
) -> bool:
    """A page that nobody has touched yet may still be. A tick comes when the wait is over."""
    untouched = form is None and verdict.why is Why.NO_INPUT
    waits = untouched and now.timestamp() < facts.waits_until
    return verdict.state is State.NONE or (verdict.state is State.HELD and waits)


def _says_the_same(current: Response, after: Response, now: datetime) -> bool:
    """An answer that settles a little later is not written again before it is due."""
    settles_at = after.settles_at
    if current.settles_at and settles_at and now < current.settles_at <= settles_at:
        settles_at = current.settles_at
    return replace(after, changed_at=current.changed_at, settles_at=settles_at) == current


def _with_verdict(
    invitation: Invitation,
    current: Response | None,
    verdict: Verdict,
    now: datetime,
    needs: TapNeeds,
) -> Response:
    tapped_at = _moment(verdict.at) if verdict.at is not None else now
    day = moments.day_in(tapped_at, needs.zone).isoformat()
    base = current or new_response(invitation, day, tapped_at, needs.scale)
    # The day is that of the first answer that counts. Later changes keep it.
    if verdict.state is State.COUNTED and not base.history and not _is_counted_unjudged(base):
        base = replace(base, day=day, answered_at=tapped_at)
    dismissed = verdict.state is State.NONE
    return replace(
        base,
        state=State.DISMISSED if dismissed else verdict.state,
        score=base.score if dismissed else verdict.score,
        why=verdict.why or base.why,
        settles_at=_moment(verdict.settles_at) if verdict.settles_at is not None else None,
        history=verdict.history,
        changed_elsewhere=verdict.changed_elsewhere,
        posture=invitation.posture,
        changed_at=now,
    )


def _is_counted_unjudged(response: Response) -> bool:
    """Imported. The judge has seen nothing of it, so a visit that is held now says nothing
    against it."""
    return response.version > 0 and response.is_counted and not response.history


def _with_words(response: Response, verdict: Verdict, form: tuple[Act, Words] | None) -> Response:
    if form is None:
        return response
    act, words = form
    # Words belong to the score they came with, not to a score that somebody else gave. Those
    # of a form that came late stand where it would have left them.
    is_late = act.operation in verdict.overtaken
    if verdict.state is State.COUNTED and verdict.operation != act.operation and not is_late:
        return response
    comment = words.comment if words.comment != response.comment else None
    pressed_at = _moment(act.chosen_at)
    after = with_words(response, comment, words.contact, pressed_at)
    return with_answers(after, words.answers, pressed_at)


def _delivery(invitation: Invitation, trial: bool = False) -> Delivery:
    return Delivery(
        delivered_at=invitation.asked_at.timestamp(),
        expires_at=ends_at(invitation.expires_at).timestamp(),
        scanned=invitation.posture == "scanned",
        trial=trial,
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
