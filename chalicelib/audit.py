"""What was changed, when and by whom: ids and names of views, no words and no secrets."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib import ids, keys, moments, sent_keys
from chalicelib.table import Item, Put, Query, Table

KEPT: Final = timedelta(days=730)


@dataclass(frozen=True)
class Change:
    """`act` is the view that did it, `what` the address of what was changed, below /v1 or /app.
    `by` is the id of a key or of a member. `survey` None: it is of none, or of several."""

    at: datetime
    act: str
    what: str
    by: str
    survey: str | None = None


class ChangeStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, change: Change) -> None:
        """Raises as Table.write."""
        change_id, at = ids.new_id(), moments.to_text(change.at)
        item: Item = {
            **sent_keys.change_of_setup(change_id).as_item(),
            "list_pk": keys.HISTORY,
            "list_sk": keys.listed_by(at, change_id),
            "at": at,
            "act": change.act,
            "what": change.what,
            "by": change.by,
            "expires_at": int((change.at + KEPT).timestamp()),
        }
        self._table.write(Put(item | ({"survey": change.survey} if change.survey else {})))

    def page(self, limit: int, after: Item | None) -> tuple[list[Change], Item | None]:
        """The newest first."""
        listed = Query(keys.HISTORY, "listed", newest_first=True, limit=limit, after=after)
        page = self._table.query(listed)
        return [_from_item(item) for item in page.items], page.next


def _from_item(item: Item) -> Change:
    at = moments.from_text(item["at"])
    return Change(at, item["act"], item["what"], item["by"], item.get("survey"))
