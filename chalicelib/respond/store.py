from chalicelib import keys, moments
from chalicelib.intake.invitation import Invitation, Ticket
from chalicelib.intake.items import from_item as invitation_from_item
from chalicelib.intake.items import ticket_to_item
from chalicelib.respond.response import Response, tally_changes
from chalicelib.score.tally import tally_writes
from chalicelib.table import ABSENT, Item, Put, Table


class ResponseStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, response_id: str) -> Response | None:
        item = self._table.get(keys.response(response_id))
        return response_from_item(item) if item else None

    def find_all(self, response_ids: list[str]) -> dict[str, Response]:
        if not response_ids:
            return {}
        items = self._table.get_all([keys.response(one) for one in response_ids])
        return {item["id"]: response_from_item(item) for item in items.values()}

    def invitation_and_response(
        self, response_id: str
    ) -> tuple[Invitation | None, Response | None]:
        """One strongly consistent read."""
        asked, answer = keys.invitation(response_id), keys.response(response_id)
        found = self._table.get_all([asked, answer])
        return (
            invitation_from_item(found[asked]) if asked in found else None,
            response_from_item(found[answer]) if answer in found else None,
        )

    def replace(self, before: Response | None, after: Response, shard: int) -> None:
        """The response and its counts, in one transaction. Raises as Table.transact."""
        put = Put(response_to_item(after), {"version": before.version if before else ABSENT})
        counts = tally_writes(after.survey, tally_changes(before, after), shard)
        self._table.transact([put, *counts])


def response_to_item(response: Response) -> Item:
    answered_at = moments.to_text(response.answered_at)
    item: Item = {
        **keys.response(response.id).as_item(),
        "id": response.id,
        "survey": response.survey,
        "segments": list(response.segments),
        "day": response.day,
        "asked_day": response.asked_day,
        "answered_at": answered_at,
        "changed_at": moments.to_text(response.changed_at),
        "version": response.version,
        "operations": list(response.operations),
        "origin": response.origin,
    }
    if response.gone:
        return item | {"gone": True}
    item["list_pk"] = keys.responses_of(response.survey)
    item["list_sk"] = keys.listed_by(answered_at, response.id)
    optional = {"score": response.score, "comment": response.comment, "person": response.person}
    item |= {name: value for name, value in optional.items() if value is not None}
    if response.ticket:
        item["ticket"] = ticket_to_item(response.ticket)
    return item


def response_from_item(item: Item) -> Response:
    return Response(
        id=item["id"],
        survey=item["survey"],
        person=item.get("person"),
        score=item.get("score"),
        comment=item.get("comment"),
        segments=tuple(item["segments"]),
        ticket=Ticket(**item["ticket"]) if "ticket" in item else None,
        day=item["day"],
        asked_day=item["asked_day"],
        answered_at=moments.from_text(item["answered_at"]),
        changed_at=moments.from_text(item["changed_at"]),
        version=item["version"],
        operations=tuple(item["operations"]),
        origin=item["origin"],
        gone=item.get("gone", False),
    )
