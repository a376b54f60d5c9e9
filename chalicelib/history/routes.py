"""What was changed, when and by whom."""

from typing import Any

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.audit import Change
from chalicelib.history import schemas, wiring
from chalicelib.history.schemas import History
from chalicelib.keys import HISTORY
from chalicelib.web.answer import ok
from chalicelib.web.call import Call
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.endpoint import endpoint
from chalicelib.web.pagination import BY_REACH, PageQuery


@endpoint(
    "Show what was changed, when and by whom",
    ok("The newest first, of two years, without words and secrets.", History),
    description="By the API, on pages and by the operator's commands. What takes long has a line at"
    " its beginning and one at its end. What has a history or a list of its own, such as a task,"
    f" an invitation and an answer, is not here. {BY_REACH}",
    scope=Scope.KEYS_WRITE,
    query=PageQuery,
    by_survey=True,
)
def show_history(call: Call[PageQuery, Any]) -> History:
    after = listed_after(call.query.cursor, HISTORY)
    found, last = wiring.changes().page(call.query.limit, after)
    reached = [change for change in found if wiring.reaches(call.key, change)]
    return {"items": [_shown(change) for change in reached], "next": encode_cursor(last)}


def _shown(change: Change) -> schemas.Change:
    return {
        "at": moments.to_text(change.at),
        "act": change.act,
        "what": change.what,
        "by": change.by,
        "survey": change.survey,
    }
