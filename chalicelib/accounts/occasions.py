"""The times that people were asked, and what came of each."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from chalicelib.invitations.invitation import Invitation
from chalicelib.responses.response import Response

# So many answers are read at once, and no more invitations stay in memory.
AT_ONCE = 100


def occasions(
    invitations: Iterable[Invitation], responses: Callable[[list[str]], dict[str, Response]]
) -> Iterator[tuple[Invitation, Response | None]]:
    """Each invitation that has gone out, with its answer: one that counts, or what is left of
    one that was erased. A held or settling answer is none yet."""
    gone_out = (invitation for invitation in invitations if invitation.has_gone_out)
    while some := list(islice(gone_out, AT_ONCE)):
        found = responses([invitation.id for invitation in some])
        for invitation in some:
            response = found.get(invitation.id)
            speaks = response is not None and (response.is_counted or response.gone)
            yield invitation, response if speaks else None
