"""What was changed, when and by whom: ids and names of views, no words and no secrets."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from chalicelib import keys, moments, sent_keys
from chalicelib.table import Item, Query, Table, Update

KEPT: Final = timedelta(days=730)
# Who changed what goes on by itself.
HEED: Final = "heed"


class Change(Struct, frozen=True):
    """`act` is the view that did it, or the operator's command; with `_done` the end of what takes
    long. `what` is the address of what was changed, below /v1 or /app, or the command. `by` is the
    id of a key or of a member, `operator` or `heed`. `survey` None: it is of none, or of several.
    """

    at: datetime
    act: str
    what: str
    by: str
    survey: str | None = None


def line_of(change: Change, line_id: str) -> Update:
    """The same id again changes nothing."""
    at = moments.to_text(change.at)
    said: Item = {
        "list_pk": keys.HISTORY,
        "list_sk": keys.listed_by(at, line_id),
        "at": at,
        "act": change.act,
        "what": change.what,
        "by": change.by,
        "expires_at": int((change.at + KEPT).timestamp()),
    }
    survey = {"survey": change.survey} if change.survey else {}
    return Update(sent_keys.change_of_setup(line_id), first=said | survey)


class ChangeStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def page(self, limit: int, after: Item | None) -> tuple[list[Change], Item | None]:
        """The newest first."""
        listed = Query(keys.HISTORY, "listed", newest_first=True, limit=limit, after=after)
        page = self._table.query(listed)
        return [_from_item(item) for item in page.items], page.next


def _from_item(item: Item) -> Change:
    at = moments.from_text(item["at"])
    return Change(at, item["act"], item["what"], item["by"], item.get("survey"))
