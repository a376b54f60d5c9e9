"""What somebody who holds a receipt may do with a ballot that is not published yet."""

import hmac
from collections.abc import Callable

from msgspec import Struct

from chalicelib.ballots.ballot import Ballot, receipt_hash
from chalicelib.ballots.store import BallotStore
from chalicelib.errors import BallotPublished
from chalicelib.retry import reading, retrying


class ReceiptNeeds(Struct, frozen=True):
    ballots: BallotStore
    pause: Callable[[int], None]


def find_ballot(survey_id: str, code: bytes, needs: ReceiptNeeds) -> Ballot | None:
    """Raises Unavailable."""
    wanted = receipt_hash(code)

    def find() -> Ballot | None:
        # All are compared, so that the time tells nothing of where it lies.
        ballots = list(needs.ballots.ballots(survey_id))
        found = [one for one in ballots if hmac.compare_digest(one.receipt, wanted)]
        return found[0] if found else None

    return reading(find, needs.pause)


def withdraw_ballot(survey_id: str, code: bytes, needs: ReceiptNeeds) -> bool:
    """False when there is none (any more). Raises BallotPublished when a release has just taken
    it, and Unavailable."""

    def withdraw(_: int) -> bool:
        ballot = find_ballot(survey_id, code, needs)
        if ballot is None:
            return False
        if ballot.taken is not None:
            raise BallotPublished
        needs.ballots.delete(ballot)
        return True

    return retrying(withdraw, needs.pause)
