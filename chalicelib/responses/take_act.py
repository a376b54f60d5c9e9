"""A form that was sent."""

from datetime import datetime

from chalicelib.errors import Unavailable
from chalicelib.invitations.token import Link
from chalicelib.responses.judge.entries import entry_beside
from chalicelib.responses.judge.facts import Act
from chalicelib.responses.judge.verdict import State, Verdict
from chalicelib.responses.judged import Words, judged, known_of
from chalicelib.responses.response import Response
from chalicelib.responses.tap import TapNeeds, try_to_settle, write_judged
from chalicelib.retry import ANSWER_TRIES, retrying


def take_act(link: Link, act: Act, words: Words, now: datetime, needs: TapNeeds) -> State:
    """Its words are kept even while the score is held. Gives the state of this form: it is held,
    too, beside an equal answer that another visit gave. Raises LinkRejected when the answer was
    erased, VisitFull, Unavailable after all tries."""
    record, form = needs.record, (act, words)

    def take(attempt: int) -> tuple[Response | None, Verdict]:
        taken = None if attempt else _take_at_once(link, form, now, needs)
        if taken:
            return taken
        facts = record.responses.note(link.invitation, act, link.expires)
        return try_to_settle(link.invitation, now, needs, facts, attempt, form)

    response, verdict = retrying(take, record.pause, ANSWER_TRIES, time_left=record.time_left)
    if response is None:
        # Every act makes a claim, so this should not happen. The page then keeps the words.
        raise Unavailable
    stands = (verdict.operation, verdict.score) == (act.operation, act.score)
    return verdict.state if stands else State.HELD


def _take_at_once(
    link: Link, form: tuple[Act, Words], now: datetime, needs: TapNeeds
) -> tuple[Response, Verdict] | None:
    """By one read and one transaction, which has the entry of the visit, too. It is refused when
    anything came in between, so the verdict is of all that is known. None where the entry has to
    be noted by itself first."""
    responses = needs.record.responses
    visit, invitation, current = responses.visit_invitation_and_response(link.invitation)
    beside = entry_beside(visit, form[0], link.expires) if visit else None
    if beside is None:
        return None
    entry, facts = beside
    if current and current.seen > facts.known:
        return None
    known = known_of(invitation, current, facts)
    verdict, after = judged(known, now, form, needs.terms)
    if after is None or after == current:
        return None
    return write_judged(known, after, now, needs, entry=entry), verdict
