from collections.abc import Sequence
from datetime import datetime

from chalicelib import keys, moments
from chalicelib.errors import NotFound
from chalicelib.members.member import Member
from chalicelib.members.role import Role
from chalicelib.members.session import Session
from chalicelib.table import Delete, Item, Put, Query, Table, Write, every, key_of


class MemberStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def put(self, member: Member) -> None:
        """Raises as Table.write."""
        self._table.write(Put(_to_item(member)))

    def find(self, person: str) -> Member | None:
        item = self._table.get(keys.member(person))
        return _from_item(item) if item else None

    def get(self, member_id: str) -> Member:
        """By its public id. Raises NotFound."""
        query = Query(keys.MEMBERS, "listed", lowest=member_id, highest=member_id)
        found = every(self._table, query)
        if not found:
            raise NotFound("member")
        return _from_item(found[0])

    def every(self) -> list[Member]:
        return [_from_item(item) for item in every(self._table, Query(keys.MEMBERS, "listed"))]

    def remove(self, person: str) -> None:
        """With their sessions. Raises as Table.write."""
        for item in every(self._table, Query(keys.member(person).pk)):
            self._table.write(Delete(key_of(item)))


class SessionStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, session: Session, now: datetime, extra: Sequence[Write] = ()) -> None:
        """Raises as Table.transact."""
        begun = {
            **keys.session(session.person, session.stored_as).as_item(),
            "created_at": moments.to_text(now),
            "expires_at": int(session.ends.timestamp()) if session.ends else 0,
        }
        self._table.transact([Put(begun), *extra])

    def member_of(self, session: Session) -> Member | None:
        """None when the session was ended, or its member is none any more. Strongly consistent."""
        member, begun = keys.member(session.person), keys.session(session.person, session.stored_as)
        found = self._table.get_all([member, begun])
        return _from_item(found[member]) if member in found and begun in found else None

    def end(self, session: Session) -> None:
        """Raises as Table.write."""
        self._table.write(Delete(keys.session(session.person, session.stored_as)))


def _to_item(member: Member) -> Item:
    item: Item = {
        **keys.member(member.person).as_item(),
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
