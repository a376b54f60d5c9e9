"""Adds and changes members. A key gives a role no more than it has itself."""

from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from chalicelib import ids
from chalicelib.api_keys.api_key import ApiKey, Scope
from chalicelib.errors import Conflict, FieldError
from chalicelib.members.member import OF_MEMBERS, Member, new_member_id
from chalicelib.members.role import SCOPES, Role
from chalicelib.members.schemas import AppMemberBody, AppMemberChange
from chalicelib.members.store import MemberStore
from chalicelib.noting import about
from chalicelib.web.idempotency import DeliveryStore, Once

STORED_AS: Final = {"name": "name", "role": "role", "surveys": "surveys", "language": "lang"}


class ChangeMembersNeeds(Struct, frozen=True):
    members: MemberStore
    deliveries: DeliveryStore


def add_member(
    body: AppMemberBody,
    person: str,
    maker: ApiKey,
    once: Once | None,
    now: datetime,
    needs: ChangeMembersNeeds,
) -> Member:
    """`person` is the keyed hash of the address. The same `once` gives the same member. Raises
    Conflict, also when the address is a member's already."""
    made = needs.deliveries.find(once.key) if once else None
    if made:
        return needs.members.get(made["invitation"])
    refuse_beyond(body.role, maker)
    member_id = new_member_id()
    if once:
        member_id = OF_MEMBERS + ids.derived_id("member", once.key.pk)[: len(member_id) - 2]
    member = Member(
        member_id,
        person,
        body.email,
        body.name,
        body.role,
        frozenset(body.surveys) if body.surveys else None,
        body.language,
        now,
        maker.id or None,
    )
    about(f"members/{member.id}")
    needs.members.add(member, [needs.deliveries.remember(once, member.id, now)] if once else [])
    return member


def change_member(
    member_id: str, change: AppMemberChange, maker: ApiKey, needs: ChangeMembersNeeds
) -> Member:
    """It holds from the member's next page on. Raises NotFound or Conflict."""
    member = needs.members.get(member_id)
    if "role" in change.model_fields_set:
        refuse_beyond(change.role, maker)
    return needs.members.change(member, _changed(change))


def refuse_beyond(role: Role, maker: ApiKey) -> None:
    """Raises Conflict."""
    beyond = [scope.value for scope in Scope if scope in SCOPES[role] - maker.scopes]
    if beyond:
        detail = f"The key that asks does not have: {', '.join(beyond)}."
        raise Conflict([FieldError("#/role", "scopes_beyond_own", detail)])


def _changed(change: AppMemberChange) -> dict[str, Any]:
    said = change.model_dump(mode="json", exclude_unset=True)
    return {STORED_AS[name]: value for name, value in said.items()}
