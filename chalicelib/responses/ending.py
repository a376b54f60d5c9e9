"""How an invitation ends without an answer: refused or bounced. The end and its count are
one transaction; an answer counts whether it comes before the end or after it."""

from chalicelib.errors import HeedError
from chalicelib.invitations.invitation import Ended
from chalicelib.responses.record import Recording
from chalicelib.retry import retrying
from chalicelib.tally.tally import shard_for


class NotYetAsked(HeedError):
    """The mail is out, and nobody has written it down yet: come again later."""


def end_invitation(invitation_id: str, ended: Ended, needs: Recording) -> None:
    """Safe to run twice: the first end stays. Nothing ends that was never asked. Raises
    NotYetAsked, and Unavailable after all tries."""
    retrying(lambda attempt: _end(invitation_id, ended, attempt, needs), needs.pause)


def _end(invitation_id: str, ended: Ended, attempt: int, needs: Recording) -> None:
    invitation, response = needs.responses.invitation_and_response(invitation_id)
    if invitation is None or invitation.ended:
        return
    if invitation.is_asked:
        needs.responses.end(invitation, response, ended, shard_for(attempt, needs.pick))
    elif invitation.is_to_be_sent:
        raise NotYetAsked
