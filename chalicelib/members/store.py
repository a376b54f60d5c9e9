from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib import keys, member_keys, moments
from chalicelib.errors import Conflict, FieldError, NotFound, PersonErased, WriteRefused
from chalicelib.invitations.person_store import NOT_ERASED
from chalicelib.members.member import Member
from chalicelib.members.role import Role
from chalicelib.members.session import Session
from chalicelib.table import (
    IF_NEW,
    Check,
    Delete,
    Item,
    Key,
    Put,
    Query,
    Table,
    Update,
    Write,
    every,
    key_of,
)

EXISTS: Final = FieldError("#/email", "member_exists", "The address is a member's already.")


class MemberStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, member: Member, extra: Sequence[Write] = ()) -> None:
        """Raises Conflict when the address is a member's already or its person was erased, or as
        Table.transact."""
        standing = Check(keys.person(member.person), NOT_ERASED)
        try:
            self._table.transact([Put(_to_item(member), IF_NEW), standing, *extra])
        except WriteRefused as refused:
            if self.find(member.person):
                raise Conflict([EXISTS]) from refused
            raise PersonErased from refused

    def change(self, member: Member, changed: Mapping[str, Any]) -> Member:
        """`changed` by the names of what is stored; None takes it away. Raises NotFound, or as
        Table.update."""
        kept = {name: value for name, value in changed.items() if value is not None}
        gone = [name for name in changed if name not in kept]
        update = Update(
            member_keys.member(member.person), kept, remove=gone, when={"id": member.id}
        )
        try:
            return _from_item(self._table.update(update))
        except WriteRefused as refused:
            raise NotFound("member") from refused

    def find(self, person: str) -> Member | None:
        item = self._table.get(member_keys.member(person))
        return _from_item(item) if item else None

    def get(self, member_id: str) -> Member:
        """By its public id. Raises NotFound."""
        query = Query(keys.MEMBERS, "listed", lowest=member_id, highest=member_id)
        found = every(self._table, query)
        if not found:
            raise NotFound("member")
        return _from_item(found[0])

    def page(self, limit: int, after: Item | None) -> tuple[list[Member], Item | None]:
        page = self._table.query(Query(keys.MEMBERS, "listed", limit=limit, after=after))
        return [_from_item(item) for item in page.items], page.next

    def every(self) -> list[Member]:
        return [_from_item(item) for item in every(self._table, Query(keys.MEMBERS, "listed"))]

    def remove(self, person: str) -> None:
        """Their sessions end with it. Raises as Table.write."""
        for key in self.keys_of(person):
            self._table.write(Delete(key))

    def keys_of(self, person: str) -> list[Key]:
        """The member first: without it no session is good."""
        found = map(key_of, every(self._table, Query(member_keys.member(person).pk)))
        return sorted(found, key=lambda key: key.sk)


class SessionStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, session: Session, now: datetime, extra: Sequence[Write] = ()) -> None:
        """Raises as Table.transact."""
        begun = {
            **member_keys.session(session.person, session.stored_as).as_item(),
            "created_at": moments.to_text(now),
            "expires_at": int(session.ends.timestamp()) if session.ends else 0,
        }
        self._table.transact([Put(begun), *extra])

    def member_of(self, session: Session) -> Member | None:
        """None when the session was ended, or its member is none any more. Strongly consistent."""
        member, begun = (
            member_keys.member(session.person),
            member_keys.session(session.person, session.stored_as),
        )
        found = self._table.get_all([member, begun])
        return _from_item(found[member]) if member in found and begun in found else None

    def end(self, session: Session) -> None:
        """Raises as Table.write."""
        self._table.write(Delete(member_keys.session(session.person, session.stored_as)))


def _to_item(member: Member) -> Item:
    item: Item = {
        **member_keys.member(member.person).as_item(),
        "list_pk": keys.MEMBERS,
        "list_sk": member.id,
        "id": member.id,
        "person": member.person,
        "email": member.email,
        "name": member.name,
        "role": member.role.value,
    }
    item |= {"surveys": sorted(member.surveys)} if member.surveys is not None else {}
    item |= {"lang": member.lang} if member.lang else {}
    item |= {"created_at": moments.to_text(member.created)} if member.created else {}
    return item | ({"created_by": member.created_by} if member.created_by else {})


def _from_item(item: Item) -> Member:
    return Member(
        id=item["id"],
        person=item["person"],
        email=item["email"],
        name=item["name"],
        role=Role(item["role"]),
        surveys=frozenset(item["surveys"]) if "surveys" in item else None,
        lang=item.get("lang"),
        created=moments.from_text(item["created_at"]) if "created_at" in item else None,
        created_by=item.get("created_by"),
    )
