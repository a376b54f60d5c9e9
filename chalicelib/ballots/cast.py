"""Casts a sealed ballot, or changes it until it is published.

The same form twice is one ballot with one receipt. So a caller may try again after a lost answer,
a crash or a doubled POST.
"""

import hmac
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.ballots.ballot import (
    Ballot,
    Seen,
    Vote,
    ballot_id,
    receipt_code,
    receipt_hash,
    salt_after,
    voted,
    written_code,
)
from chalicelib.ballots.ballot_keys import BallotKeys
from chalicelib.ballots.box import Box
from chalicelib.ballots.store import BallotStore
from chalicelib.errors import BallotPublished, BallotsClosed
from chalicelib.retry import ANSWER_TRIES, no_limit, retrying
from chalicelib.surveys.definition import Survey

SALT_BYTES = 16


class Ruling(Struct, frozen=True):
    """`stands` is the place of the form that counts, or would. `held`: why it does not."""

    stands: int
    held: str | None = None


# Takes forms in the order in which they came, and whether the survey is a trial.
Rule = Callable[[Sequence[Seen], bool], Ruling]


class CastNeeds(Struct, frozen=True):
    """`keys` are those of the survey, None when it has none. `pause(attempt)` waits between
    tries, with jitter; `time_left` gives seconds."""

    ballots: BallotStore
    keys: BallotKeys | None
    rule: Rule
    pause: Callable[[int], None]
    time_left: Callable[[], float] = no_limit


class Cast(Struct, frozen=True):
    """`score` is the one that is in the box. `is_held`: the judge has put this form aside, and
    a form by hand confirms it. `code` is the receipt's, as people read it."""

    score: int
    is_held: bool
    code: str


def cast(
    survey: Survey,
    nonce: bytes,
    groups: tuple[str, ...],
    vote: Vote,
    seen: Seen,
    now: datetime,
    needs: CastNeeds,
) -> Cast:
    """Raises BallotsClosed, BallotPublished, and Unavailable after all tries."""
    keys = needs.keys
    if keys is None:
        raise BallotsClosed
    of, day = ballot_id(survey.identity, nonce, keys), moments.day_in(now, survey.tz).isoformat()

    def record(_: int) -> Cast:
        box, before = needs.ballots.box_and_ballot(survey.id, of)
        _refuse_closed(box, day)
        ruling = needs.rule([*([before.seen] if before else []), seen], survey.trial)
        if before and ruling.stands == 0:
            return _cast(before, True, keys)
        salt = secrets.token_bytes(SALT_BYTES)
        after = _after(before or _new(survey.id, of, seen), vote, groups, salt, keys)
        after = replace(after, seen=seen, held=ruling.held)
        if before is None or (_says(after) != _says(before)):
            needs.ballots.put(after, before)
        return _cast(after, after.held is not None, keys)

    return retrying(record, needs.pause, ANSWER_TRIES, time_left=needs.time_left)


def change_by_receipt(
    survey: Survey, code: bytes, vote: Vote, now: datetime, needs: CastNeeds
) -> Cast | None:
    """None when no ballot that waits has the receipt. Whoever copied a receipt is no program
    that opens links: the change stands, and is held or not as the ballot was. Raises
    BallotsClosed, BallotPublished, and Unavailable after all tries."""
    keys = needs.keys
    if keys is None:
        raise BallotsClosed
    wanted, salt = receipt_hash(code), salt_after(code, vote, keys)
    day = moments.day_in(now, survey.tz).isoformat()

    def change(_: int) -> Cast | None:
        _refuse_closed(needs.ballots.box(survey.id), day)
        found = list(needs.ballots.ballots(survey.id))
        done = [one for one in found if hmac.compare_digest(one.salt, salt)]
        before = [one for one in found if hmac.compare_digest(one.receipt, wanted)]
        if done or not before:
            return _cast(done[0], done[0].held is not None, keys) if done else None
        if before[0].taken is not None:
            raise BallotPublished
        same_person = replace(vote, contact=before[0].contact)
        after = _after(before[0], same_person, before[0].groups, salt, keys)
        if _says(after) != _says(before[0]):
            needs.ballots.put(after, before[0])
        return _cast(after, after.held is not None, keys)

    return retrying(change, needs.pause, ANSWER_TRIES, time_left=needs.time_left)


def _refuse_closed(box: Box | None, day: str) -> None:
    if box is None or not box.takes_on(day):
        raise BallotsClosed


def _new(survey_id: str, of: str, seen: Seen) -> Ballot:
    """It says nothing yet and must not be stored like this."""
    return Ballot(survey_id, of, -1, None, (), b"", seen, "")


def _after(
    before: Ballot, vote: Vote, groups: tuple[str, ...], salt: bytes, keys: BallotKeys
) -> Ballot:
    after = voted(before, vote, groups, salt)
    return replace(after, receipt=receipt_hash(receipt_code(after.id, after.salt, keys)))


def _says(ballot: Ballot) -> tuple[bytes, str | None]:
    return ballot.salt, ballot.held


def _cast(ballot: Ballot, is_held: bool, keys: BallotKeys) -> Cast:
    code = receipt_code(ballot.id, ballot.salt, keys)
    return Cast(ballot.score, is_held, written_code(code))
