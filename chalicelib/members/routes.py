"""The routes of members."""

from typing import Any

from chalicelib.api_keys.api_key import Scope
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.keys import MEMBERS
from chalicelib.members import wiring
from chalicelib.members.change_members import add_member as add
from chalicelib.members.change_members import change_member as change
from chalicelib.members.schemas import (
    EXAMPLE,
    AppMember,
    AppMemberBody,
    AppMemberChange,
    AppMemberPage,
)
from chalicelib.members.show_member import show_member as shown
from chalicelib.web.answer import Reply, created, deleted, made, ok
from chalicelib.web.call import Call, json_body
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.endpoint import endpoint
from chalicelib.web.pagination import PageQuery


@endpoint(
    "List the members",
    ok("By id.", AppMemberPage),
    description="Who may sign in to the pages.",
    scope=Scope.MEMBERS_WRITE,
    query=PageQuery,
)
def list_members(call: Call[PageQuery, Any]) -> AppMemberPage:
    after = listed_after(call.query.cursor, MEMBERS)
    found, last = wiring.members().page(call.query.limit, after)
    told = disclosure_for(call.key)
    return {"items": [shown(member, told) for member in found], "next": encode_cursor(last)}


@endpoint("Show a member", ok("The member.", AppMember), scope=Scope.MEMBERS_WRITE)
def show_member(call: Call[Any, Any], member: str) -> AppMember:
    return shown(wiring.members().get(member), disclosure_for(call.key))


@endpoint(
    "Add a member",
    created("The member.", AppMember),
    description="Who has this address may sign in to the pages. The role holds no scope that the"
    " key that asks does not have.",
    scope=Scope.MEMBERS_WRITE,
    body=json_body(AppMemberBody, EXAMPLE),
    repeats=True,
)
def add_member(call: Call[Any, AppMemberBody]) -> Reply[AppMember]:
    needs = wiring.change_members_needs()
    once = call.once(["members", call.json], needs.deliveries)
    person = invitations_wiring.person_of(call.body.email)
    member = add(call.body, person, call.key, once, call.now, needs)
    return made(shown(member, disclosure_for(call.key)), f"/v1/members/{member.id}")


@endpoint(
    "Change a member",
    ok("The member as it stands now.", AppMember),
    description="What is left out stays as it is. It holds from the member's next page on.",
    scope=Scope.MEMBERS_WRITE,
    body=json_body(AppMemberChange, {"role": "manager"}),
)
def change_member(call: Call[Any, AppMemberChange], member: str) -> AppMember:
    changed = change(member, call.body, call.key, wiring.change_members_needs())
    return shown(changed, disclosure_for(call.key))


@endpoint(
    "Remove a member",
    deleted("It is gone, and signed out everywhere."),
    scope=Scope.MEMBERS_WRITE,
)
def remove_member(call: Call[Any, Any], member: str) -> None:
    wiring.members().remove(wiring.members().get(member).person)
