"""The page of what was changed, when and by whom."""

from msgspec.structs import asdict

from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.page import page
from chalicelib.dashboard.setup.history.things import thing_of
from chalicelib.dashboard.setup.history.wiring import names_of
from chalicelib.dashboard.sheet import Sheet
from chalicelib.dashboard.shown import Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.history import wiring
from chalicelib.keys import HISTORY
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.pagination import PageQuery


@page(Scope.KEYS_WRITE, query=PageQuery, by_survey=True)
def show_changes(visit: Visit[PageQuery]) -> Shown:
    after = listed_after(visit.query.cursor, HISTORY)
    found, last = wiring.changes().page(visit.query.limit, after)
    changes = [change for change in found if wiring.reaches(visit.key, change)]
    names, who = names_of(changes, visit.key)
    told = [(change, thing_of(change, names, visit.may)) for change in changes]
    rows = [
        {**asdict(change), "who": who.get(change.by, change.by), "name": thing and thing.name}
        for change, thing in told
    ]
    sheet = Sheet("history", ("at", "who", "act", "what", "name", "survey", "by"), rows)
    facts = {"changes": told, "who": who, "next": encode_cursor(last)}
    return Shown("setup/history", facts, sheet=sheet)
