"""The page of members: who may sign in, and with which role."""

from typing import Any

from chalicelib import ids
from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.page import page
from chalicelib.dashboard.setup.read_body import of_the_whole, once_of, read_body
from chalicelib.dashboard.sheet import Sheet
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.dashboard.wiring import surveys_within
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.errors import Conflict, FieldError
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.keys import MEMBERS
from chalicelib.members import wiring
from chalicelib.members.change_members import add_member, change_member
from chalicelib.members.role import Role
from chalicelib.members.schemas import AppMemberBody, AppMemberChange
from chalicelib.members.show_member import show_member
from chalicelib.noting import acting
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.pagination import PageQuery

HOME = "setup/members"
COLUMNS = ("name", "email", "role", "surveys", "language", "created_at")


@page(Scope.MEMBERS_WRITE, Scope.PEOPLE_READ, query=PageQuery)
def show_members(visit: Visit[PageQuery]) -> Shown:
    after = listed_after(visit.query.cursor, MEMBERS)
    found, last = wiring.members().page(visit.query.limit, after)
    surveys = surveys_within(visit.key)
    facts = {"members": found, "roles": list(Role), "surveys": surveys, "once": ids.new_id()}
    told = disclosure_for(visit.key)
    sheet = Sheet("members", COLUMNS, [show_member(one, told) for one in found])
    return Shown("setup/members", {**facts, "next": encode_cursor(last)}, sheet=sheet)


@page(Scope.MEMBERS_WRITE, Scope.PEOPLE_READ, again=show_members)
def make_member(visit: Visit[Any]) -> Moved:
    form, needs = visit.form, wiring.change_members_needs()
    named = {name: form.maybe(name) for name in ("email", "name", "role", "language")}
    body = read_body(AppMemberBody, {**named, "surveys": form.every("surveys") or None})
    once, person = once_of(visit, "members", needs.deliveries), invitations_wiring.person_of
    add_member(body, person(body.email), visit.key, once, visit.now, needs)
    return Moved(HOME, said="made")


@page(Scope.MEMBERS_WRITE, Scope.PEOPLE_READ)
def change_members(visit: Visit[Any], member: str) -> Moved:
    """Nobody takes their own role away, or the last admin could be gone."""
    found, form = wiring.members().get(member), visit.form
    if found.id == visit.key.id:
        raise Conflict([FieldError("", "own_role", "Ask another admin to change your own.")])
    if form.text("act") == "remove":
        acting("remove_member")
        wiring.members().remove(found.person)
        return Moved(HOME, said="deleted")
    change = read_body(AppMemberChange, {"role": form.maybe("role")})
    try:
        change_member(found.id, change, visit.key, wiring.change_members_needs())
    except Conflict as conflict:
        raise of_the_whole(conflict) from conflict
    return Moved(HOME, said="saved")
