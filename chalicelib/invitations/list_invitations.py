"""A page of the invitations of a survey."""

from typing import Final

from chalicelib.invitations.invitation import Invitation, Status
from chalicelib.invitations.store import InvitationStore
from chalicelib.table import Item

# Of the table, for one page.
MOST_READS: Final = 5


def list_invitations(
    survey_id: str,
    status: Status | None,
    limit: int,
    after: Item | None,
    invitations: InvitationStore,
) -> tuple[list[Invitation], Item | None]:
    """The newest first. A page may hold few, or none, and still have a next one."""
    found: list[Invitation] = []
    for _ in range(MOST_READS):
        page, after = invitations.page(survey_id, limit - len(found), after)
        found += [one for one in page if status in (None, one.status)]
        if after is None or len(found) == limit:
            break
    return found, after
