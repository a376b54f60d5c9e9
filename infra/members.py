"""Members, as the operator's commands add, show and remove them. The operator may give any role."""

from collections.abc import Collection

from chalicelib import moments
from chalicelib.errors import Conflict
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.cleaned import address
from chalicelib.members import wiring as members_wiring
from chalicelib.members.member import Member, new_member_id
from chalicelib.members.role import Role
from chalicelib.noting import about
from infra.access import Outputs, refuse_unknown
from infra.errors import OperatorError
from infra.noted import noted
from infra.outputs import use_stack


def add_member(
    outputs: Outputs, email: str, role: str, surveys: Collection[str] = (), name: str = ""
) -> None:
    """A member is given the role anew. No `surveys` are all of them. Raises OperatorError."""
    use_stack(outputs)
    refuse_unknown(surveys)
    found, known = _role(role), _address(email)
    person, reach = invitations_wiring.person_of(known), frozenset(surveys) or None
    member = Member(
        new_member_id(), person, known, name or known, found, reach, created=moments.now()
    )
    with noted("member", f"/v1/members/{member.id}"):
        _put(member, {"name": name} if name else {})


def _put(member: Member, name: dict[str, str]) -> None:
    """Raises OperatorError."""
    store = members_wiring.members()
    try:
        store.add(member)
    except Conflict as conflict:
        there = store.find(member.person)
        if there is None:
            raise OperatorError(conflict.errors[0].detail) from conflict
        about(f"members/{there.id}")
        reach = sorted(member.surveys) if member.surveys else None
        store.change(there, {"role": member.role.value, "surveys": reach, **name})


def remove_member(outputs: Outputs, email: str) -> None:
    """Signed out everywhere, at once. Raises OperatorError."""
    use_stack(outputs)
    store, person = members_wiring.members(), invitations_wiring.person_of(_address(email))
    found = store.find(person)
    if found is None:
        raise OperatorError("There is no member with this address. make member lists them.")
    with noted("member", f"/v1/members/{found.id}"):
        store.remove(person)


def list_members(outputs: Outputs) -> list[dict[str, object]]:
    use_stack(outputs)
    return [_row(member) for member in members_wiring.members().every()]


def _row(member: Member) -> dict[str, object]:
    return {
        "id": member.id,
        "name": member.name,
        "address": member.email,
        "role": member.role.value,
        "surveys": "all" if member.surveys is None else sorted(member.surveys),
        "made_by": member.created_by or "operator",
    }


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError as error:
        raise OperatorError(f"ROLE is one of: {', '.join(Role)}.") from error


def _address(text: str) -> str:
    try:
        return address(text)
    except ValueError as error:
        raise OperatorError("ADDRESS is an e-mail address.") from error
