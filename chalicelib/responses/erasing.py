"""What is written when an invitation and its answer lose their person. For transactions."""

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from chalicelib import keys
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.items import as_read as invitation_as_read
from chalicelib.invitations.items import invitation_cells, to_item
from chalicelib.responses.counts import tally_changes
from chalicelib.responses.items import response_to_item
from chalicelib.responses.record import new_operation
from chalicelib.responses.response import Response, erased, in_order
from chalicelib.responses.store import as_read, change_to_item
from chalicelib.table import IF_NEW, Check, Put, Update, Write
from chalicelib.tally.tally import Cell, merged, tally_writes

# What `forgetting` takes out of an invitation. Without its place it is in no list.
OF_THE_PERSON = ("person", "email", "name", "ticket", "locale", "account", "message")


def erasing(
    invitation: Invitation, response: Response | None, now: datetime, shard: int
) -> list[Write | Check]:
    """Takes all but the ids out of both, and their counts out of the tally."""
    after = _erased(response, now)
    answer: list[Write | Check] = []
    if response is None:
        answer = [Check(keys.response(invitation.id), IF_NEW)]
    elif after and after is not response:
        answer = [Put(response_to_item(after), as_read(response)), Put(change_to_item(after))]
    asked = invitation_cells(to_item(invitation))
    given = tally_changes(response, after) if after else {}
    counts = tally_writes(invitation.survey, merged(_taken(asked), given), shard)
    shell = Put(to_item(invitation.erased()), invitation_as_read(invitation))
    return [shell, *answer, *counts]


def forgetting(invitation: Invitation, response: Response | None) -> list[Write | Check]:
    """Takes the person and the ticket out of both. Everything that is counted stays."""
    shell = Update(
        keys.invitation(invitation.id),
        remove=(*OF_THE_PERSON, "list_pk", "list_sk"),
        when=invitation_as_read(invitation),
    )
    key = keys.response(invitation.id)
    if response is None:
        return [shell, Check(key, IF_NEW)]
    of_the_person = ("person", "name", "email", "ticket", "account")
    return [shell, Update(key, remove=of_the_person, when=as_read(response))]


def _erased(response: Response | None, now: datetime) -> Response | None:
    if response is None or response.gone:
        return response
    # The end of the invitation goes with it.
    return replace(in_order(response, erased(response, new_operation(now), now)), ended=None)


def _taken(cells: Mapping[Cell, Mapping[str, int]]) -> dict[Cell, dict[str, int]]:
    return {
        cell: {field: -count for field, count in counts.items()} for cell, counts in cells.items()
    }
