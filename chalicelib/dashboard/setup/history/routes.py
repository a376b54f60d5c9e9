"""The page of what was changed, when and by whom."""

from dataclasses import asdict

from chalicelib.api_keys import wiring as api_keys_wiring
from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.page import page
from chalicelib.dashboard.sheet import Sheet
from chalicelib.dashboard.shown import Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.history import wiring
from chalicelib.keys import HISTORY
from chalicelib.members import wiring as members_wiring
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.pagination import PageQuery


@page(Scope.KEYS_WRITE, query=PageQuery, by_survey=True)
def show_changes(visit: Visit[PageQuery]) -> Shown:
    after = listed_after(visit.query.cursor, HISTORY)
    found, last = wiring.changes().page(visit.query.limit, after)
    names = {key.id: key.name for key in api_keys_wiring.api_keys().every()}
    names |= {member.id: member.name for member in members_wiring.members().every()}
    changes = [change for change in found if wiring.reaches(visit.key, change)]
    rows = [{**asdict(change), "who": names.get(change.by, change.by)} for change in changes]
    sheet = Sheet("history", ("at", "who", "act", "what", "survey", "by"), rows)
    facts = {"changes": changes, "names": names, "next": encode_cursor(last)}
    return Shown("setup/history", facts, sheet=sheet)
