"""Publishes ballots in blocks. Each block is three transactions: it is taken, it is published, and
only stubs are left of its ballots. A run that ends anywhere is finished by the next one: the plan
is stored with the first transaction, and goes with the last. A block that was published is found
by the number of its release.
"""

import secrets
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from chalicelib import moments
from chalicelib.ballots.ballot import Ballot
from chalicelib.ballots.ballot_keys import BallotKeys, BallotKeyStore
from chalicelib.ballots.box import Box, BoxState
from chalicelib.ballots.items import stub_of
from chalicelib.ballots.store import BallotStore
from chalicelib.errors import Unavailable, WriteRefused
from chalicelib.releases.block import size_of_named, size_of_next_block
from chalicelib.releases.board import release_to_item
from chalicelib.releases.plan import Plan
from chalicelib.releases.results import PersonOf, contacts_of, id_of_result, results_of
from chalicelib.releases.store import ReleaseStore, is_same_block
from chalicelib.retry import no_limit, reading, retrying
from chalicelib.surveys.definition import Survey
from chalicelib.tally.shards import ShardOf, write_counted


class ReleaseNeeds(Struct, frozen=True):
    """`pause(attempt)` waits between tries, with jitter; `time_left` gives seconds. `asked` takes
    the id of a survey, and gives how many people it asked. `person_of` takes an address."""

    ballots: BallotStore
    releases: ReleaseStore
    keys: BallotKeyStore
    pause: Callable[[int], None]
    shard_of: ShardOf
    asked: Callable[[str], int]
    person_of: PersonOf
    time_left: Callable[[], float] = no_limit


# Takes how many wait.
SizeOf = Callable[[int, Box], int]


class Released(Struct):
    blocks: int = 0
    answers: int = 0


def release(survey: Survey, now: datetime, needs: ReleaseNeeds) -> Released:
    """Once a day at most, and only what no later view can be compared with. Safe to run at any
    time. Raises Unavailable."""
    done, day = Released(), moments.day_in(now, survey.tz).isoformat()
    box = reading(lambda: needs.ballots.box(survey.id), needs.pause)
    if box is None or box.state in (BoxState.CLOSING, BoxState.CLOSED):
        return done
    is_due = box.state is BoxState.OPEN and box.last_release != day
    finish_plan(survey, done, needs)
    if is_due:
        publish_blocks(survey, day, size_of_next_block, done, needs)
    return done


def publish_blocks(
    survey: Survey,
    day: str,
    size_of: SizeOf,
    done: Released,
    needs: ReleaseNeeds,
) -> None:
    """Whoever asked to be contacted is named, and hides among nobody: those are blocks of their
    own, so that every other block has its size without them."""
    for are_named, size in ((True, size_of_named), (False, size_of)):
        while needs.time_left() > 0:
            if not publish_block(survey, day, size, done, needs, are_named):
                break


def publish_block(
    survey: Survey,
    day: str,
    size_of: SizeOf,
    done: Released,
    needs: ReleaseNeeds,
    are_named: bool = False,
) -> bool:
    """False when nothing may be published now, and so nothing more later."""

    def take(_: int) -> bool:
        if needs.releases.plan(survey.id):
            return True
        box = _box(survey.id, needs)
        waiting = [
            one
            for one in needs.ballots.ballots(survey.id)
            if one.held is None and (one.contact is not None) == are_named
        ]
        block = drawn(waiting, size_of(len(waiting), box))
        if not block:
            return False
        ids = tuple(sorted(ballot.id for ballot in block))
        needs.releases.take(Plan(survey.id, box.releases + 1, day, ids), block, box)
        return True

    is_taken = retrying(take, needs.pause)
    if is_taken:
        finish_plan(survey, done, needs)
    return is_taken


def drawn(waiting: list[Ballot], size: int) -> list[Ballot]:
    """Nobody can foresee which."""
    return secrets.SystemRandom().sample(waiting, size)


def finish_plan(survey: Survey, done: Released, needs: ReleaseNeeds) -> None:
    """Goes on with a release that a run began, whichever."""

    def finish(_: int) -> int:
        plan = needs.releases.plan(survey.id)
        return _finish(plan, survey, needs) if plan else 0

    answers = retrying(finish, needs.pause)
    done.answers += answers
    done.blocks += bool(answers)


def _finish(plan: Plan, survey: Survey, needs: ReleaseNeeds) -> int:
    """How many answers it has. Raises WriteRefused when another run was faster."""
    box, keys = _box(survey.id, needs), needs.keys.find(survey.id)
    ballots = needs.releases.taken(plan)
    if keys is None or len(ballots) < len(plan.ballots):
        raise Unavailable  # it is over, or the next try finds that it is
    _publish(ballots, plan, box, survey, keys, needs)
    stubs = [_stub(ballot, box, keys) for ballot in ballots]
    needs.releases.finish(plan, box, stubs)
    return len(ballots)


def _publish(
    ballots: list[Ballot],
    plan: Plan,
    box: Box,
    survey: Survey,
    keys: BallotKeys,
    needs: ReleaseNeeds,
) -> None:
    results = results_of(ballots, plan, survey, keys)
    before = needs.releases.release(box.board, plan.number - 1)
    release = release_to_item(results, plan, box, before)
    contacts = reading(
        lambda: contacts_of(ballots, plan, survey, keys, needs.person_of), needs.pause
    )
    try:
        write_counted(
            lambda shard: needs.releases.publish(release, results, shard, contacts),
            survey.id,
            needs.shard_of,
            needs.pause,
        )
    except WriteRefused:
        # Only what stands on the board is published. Anything else must stay in the box.
        if not is_same_block(needs.releases.release(box.board, plan.number), release):
            raise


def _stub(ballot: Ballot, box: Box, keys: BallotKeys) -> dict[str, object]:
    remembers = box.identity == "confidential"
    return stub_of(ballot, id_of_result(ballot, keys) if remembers else None)


def _box(survey_id: str, needs: ReleaseNeeds) -> Box:
    """Raises Unavailable: nobody deletes a box."""
    box = needs.ballots.box(survey_id)
    if box is None:
        raise Unavailable
    return box
