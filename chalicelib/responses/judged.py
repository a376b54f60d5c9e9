"""What is known of a link, and the response that the judge makes of it. Pure."""

from datetime import UTC, datetime

from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.errors import LinkRejected
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.token import ends_at
from chalicelib.responses.judge.facts import Act, Facts
from chalicelib.responses.judge.judge import Delivery, judge
from chalicelib.responses.judge.verdict import State, Verdict, Why
from chalicelib.responses.response import Response, new_response, with_answers, with_words
from chalicelib.surveys.question import Answers
from chalicelib.surveys.scale import Scale


class Words(Struct, frozen=True):
    """What comes with a form beside the score. None leaves what was said before as it is, and so
    does a question that is not in `answers`."""

    comment: str | None = None
    contact: bool | None = None
    answers: Answers = field(default_factory=dict)


class Terms(Struct, frozen=True):
    """Of the survey. The day that an answer counts on is a day of `zone`. `trial`: what a script
    sends counts too."""

    zone: str
    scale: str = Scale.NPS
    trial: bool = False


class Known(Struct, frozen=True):
    """What a verdict is made of. `response` as it is before it."""

    invitation: Invitation
    response: Response | None
    facts: Facts


def known_of(invitation: Invitation | None, response: Response | None, facts: Facts) -> Known:
    """Raises LinkRejected after an erasure."""
    if invitation is None or invitation.is_erased or (response and response.gone):
        raise LinkRejected
    return Known(invitation, response, facts)


def judged(
    known: Known, now: datetime, form: tuple[Act, Words] | None, terms: Terms
) -> tuple[Verdict, Response | None]:
    """The verdict, and the response that it makes."""
    facts = known.facts
    delivery = delivery_of(known.invitation, terms.trial)
    verdict = judge(facts, delivery, max(now.timestamp(), facts.last_at))
    return verdict, _answered(known, verdict, now, form, terms)


def _answered(
    known: Known,
    verdict: Verdict,
    now: datetime,
    form: tuple[Act, Words] | None,
    terms: Terms,
) -> Response | None:
    current, facts = known.response, known.facts
    if current is None and _tells_nothing(verdict, facts, now, form):
        return None
    if current and _is_counted_unjudged(current) and verdict.state is not State.COUNTED:
        return current
    after = _with_verdict(known.invitation, current, verdict, now, terms)
    after = _with_words(after, verdict, form)
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
    terms: Terms,
) -> Response:
    tapped_at = _moment(verdict.at) if verdict.at is not None else now
    day = moments.day_in(tapped_at, terms.zone).isoformat()
    base = current or new_response(invitation, day, tapped_at, terms.scale)
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


def delivery_of(invitation: Invitation, trial: bool = False) -> Delivery:
    return Delivery(
        delivered_at=invitation.asked_at.timestamp(),
        expires_at=ends_at(invitation.expires_at).timestamp(),
        scanned=invitation.posture == "scanned",
        trial=trial,
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
