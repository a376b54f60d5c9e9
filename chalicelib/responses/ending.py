"""How an invitation ends without an answer: refused or bounced. The end and its count are
written in one transaction. An answer counts, before the end or after it."""

from chalicelib.errors import HeedError
from chalicelib.invitations.invitation import Ended
from chalicelib.responses.record import RecordNeeds
from chalicelib.retry import retrying


class NotYetAsked(HeedError):
    """The e-mail is out, but the invitation is not marked as sent yet. Try again later."""


def end_invitation(
    invitation_id: str, ended: Ended, needs: RecordNeeds, read_on: str | None = None
) -> None:
    """Safe to run twice: the first end stays. An invitation that was never sent does not
    end. `read_on` is the day on which its e-mail is known to be out, because somebody uses its
    link: it counts as asked then. Raises NotYetAsked, and Unavailable after all tries."""
    retrying(lambda attempt: _end(invitation_id, ended, attempt, needs, read_on), needs.pause)


def _end(
    invitation_id: str, ended: Ended, attempt: int, needs: RecordNeeds, read_on: str | None
) -> None:
    invitation, response = needs.responses.invitation_and_response(invitation_id)
    if invitation is None or invitation.ended:
        return
    if invitation.is_asked or (invitation.is_to_be_sent and read_on):
        shard = needs.shard_of(invitation.survey, attempt)
        needs.responses.end(invitation, response, ended, shard, read_on)
    elif invitation.is_to_be_sent:
        raise NotYetAsked
