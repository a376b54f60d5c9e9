"""How an invitation ends without an answer: refused or bounced. The end and its count are
one transaction; an answer counts whether it comes before the end or after it."""

from chalicelib.errors import HeedError, Unavailable
from chalicelib.invitations.invitation import Ended, Status
from chalicelib.responses.record import COME_AGAIN, TRIES, Recording
from chalicelib.tally.tally import SHARDS


class NotYetAsked(HeedError):
    """The mail is out, and nobody has written it down yet: come again later."""


def end_invitation(invitation_id: str, ended: Ended, needs: Recording) -> None:
    """Safe to run twice: the first end stays. Nothing ends that was never asked. Raises
    NotYetAsked, and Unavailable after all tries."""
    for attempt in range(TRIES):
        try:
            return _end(invitation_id, ended, attempt, needs)
        except COME_AGAIN:
            needs.pause(attempt)
    raise Unavailable


def _end(invitation_id: str, ended: Ended, attempt: int, needs: Recording) -> None:
    invitation, response = needs.responses.invitation_and_response(invitation_id)
    if invitation is None or invitation.ended:
        return
    if invitation.is_asked:
        shard = needs.pick(SHARDS) if attempt else 0
        needs.responses.end(invitation, response, ended, shard)
    elif invitation.status in (Status.WAITING, Status.QUEUED):
        raise NotYetAsked
