"""The times that people were asked, each with its answer."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from chalicelib.invitations.invitation import Invitation
from chalicelib.responses.response import Response

# How many answers are read at once. No more invitations are kept in memory.
AT_ONCE = 100


def occasions(
    invitations: Iterable[Invitation], responses: Callable[[list[str]], dict[str, Response]]
) -> Iterator[tuple[Invitation, Response | None]]:
    """Each invitation that has gone out, with its answer if it counts or was erased. None for
    an answer that is held or settling."""
    gone_out = (invitation for invitation in invitations if invitation.has_gone_out)
    while batch := list(islice(gone_out, AT_ONCE)):
        found = responses([invitation.id for invitation in batch])
        for invitation in batch:
            response = found.get(invitation.id)
            is_final = response is not None and (response.is_counted or response.gone)
            yield invitation, response if is_final else None
