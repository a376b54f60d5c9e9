from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import asdict

from chalicelib import keys, moments
from chalicelib.accounts.account import Account, Capacity, Contact, Engagement, Owner
from chalicelib.accounts.owned import Owned, OwnedStore, owning, row_of
from chalicelib.errors import NotFound, PersonErased, Unavailable, WriteRefused
from chalicelib.invitations.items import person_from_items
from chalicelib.invitations.person_store import NOT_ERASED
from chalicelib.invitations.throttle import Person
from chalicelib.retry import WRITE_FAILED
from chalicelib.table import (
    ABSENT,
    IF_NEW,
    Check,
    Condition,
    Delete,
    Item,
    Key,
    Put,
    Query,
    Table,
    Update,
    Write,
    delete_existing,
    each,
    every,
    known_of,
    one_by_one,
)
from chalicelib.web.import_rows import UNCERTAIN, Fate, Stored

TRIES = 5
CONTACTS_AT_ONCE = 50  # with the check of the person; a transaction takes 100


class Ledger(Struct, frozen=True):
    """`invitations` are the ids of the person's invitations, the oldest first, `outcomes` those of
    what was told of the person."""

    person: Person
    invitations: tuple[str, ...]
    outcomes: tuple[str, ...] = ()


class AccountStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, account_id: str) -> Account:
        """Raises NotFound."""
        item = self._table.get(keys.account(account_id))
        if item is None:
            raise NotFound("account")
        return _account(item)

    def known(self, account_ids: Collection[str]) -> set[str]:
        found = each(self._table, [keys.account(account) for account in sorted(set(account_ids))])
        return {item["id"] for item in found.values()}

    def put(self, account: Account) -> None:
        """With the row by which its owner finds it. Raises as Table.transact, also when the owner
        was changed meanwhile."""
        stored = self._table.get(keys.account(account.id)) or {}
        as_read = {"owner": stored.get("owner", ABSENT)}
        rows = owning(account, _account(stored).owner if stored else None)
        self._table.transact([Put(_account_to_item(account), as_read), *rows])

    def owned_by(self, owner: Owner) -> list[Owned]:
        return OwnedStore(self._table).by(owner)

    def page(self, limit: int, after: Item | None) -> tuple[list[Account], Item | None]:
        page = self._table.query(Query(keys.ACCOUNTS, index="listed", limit=limit, after=after))
        return [_account(item) for item in page.items], page.next

    def all(self) -> list[Account]:
        return [_account(item) for item in every(self._table, Query(keys.ACCOUNTS, "listed"))]

    def put_contact(self, contact: Contact, kept: Collection[str] = ()) -> Contact:
        """The contact as it is stored. `kept` names the fields that stay as they were in a
        stored contact of this id. Raises PersonErased, and Unavailable when other writes win
        each time."""
        item, when = _to_item(contact), IF_NEW
        standing = Check(keys.person(contact.person), NOT_ERASED)
        for _ in range(TRIES):
            try:
                self._table.transact([Put(item, when), standing])
                return contact_from_item(item)
            except WriteRefused as refused:
                if refused.index:
                    raise PersonErased from refused
                item, when = _next(refused.current, _to_item(contact), kept)
        raise Unavailable

    def put_contacts(self, contacts: Sequence[Contact], kept: Collection[str]) -> list[Fate]:
        """CONTACTS_AT_ONCE at most, all with ids of their own. Raises Unavailable."""
        puts = [
            (_to_item(contact), keys.contact(contact.account, contact.id)) for contact in contacts
        ]
        found = self._table.get_all([key for _, key in puts])
        wanted = [Put(*_next(found.get(key), item, kept)) for item, key in puts]
        changes = [put for put in wanted if not _is_as(found, put)]
        try:
            if changes:
                people = {put.item["person"] for put in changes}
                checks = [Check(keys.person(person), NOT_ERASED) for person in sorted(people)]
                self._table.transact([*changes, *checks])
        except WRITE_FAILED:
            return [self._fate(contact, kept) for contact in contacts]
        return [Stored(contact.id) for contact in contacts]

    def _fate(self, contact: Contact, kept: Collection[str]) -> Fate:
        try:
            return Stored(self.put_contact(contact, kept).id)
        except (PersonErased, *UNCERTAIN) as error:
            return error

    def contact(self, account_id: str, contact_id: str) -> Contact:
        """Raises NotFound."""
        item = self._table.get(keys.contact(account_id, contact_id))
        if item is None:
            raise NotFound("contact")
        return contact_from_item(item)

    def delete_contact(self, account_id: str, contact_id: str) -> None:
        """Raises NotFound."""
        delete_existing(self._table, keys.contact(account_id, contact_id), "contact")

    def contacts(
        self, account_id: str, limit: int, after: Item | None
    ) -> tuple[list[Contact], Item | None]:
        lowest, highest = keys.CONTACT_RANGE
        partition = keys.account(account_id).pk
        page = self._table.query(Query(partition, None, lowest, highest, limit=limit, after=after))
        return [contact_from_item(item) for item in page.items], page.next

    def contacts_of_all(self) -> Iterator[Contact]:
        """The contacts of all accounts, by person. Pages are read as needed."""
        for item in one_by_one(self._table, Query(keys.CONTACTS, "listed")):
            yield contact_from_item(item)

    def contacts_of_person(self, person_id: str) -> list[Contact]:
        """In all accounts."""
        lowest, highest = f"{person_id}#", f"{person_id}#~"
        found = every(self._table, Query(keys.CONTACTS, "listed", lowest, highest))
        return [contact_from_item(item) for item in found]

    def ledger(self, person_id: str, since: datetime) -> Ledger:
        """The invitations since `since`, mailed or by links in mails of others. One query."""
        key, time = keys.person(person_id), moments.to_text(since)
        items = every(self._table, Query(key.pk, lowest=keys.asked_since(time)))
        asked = [item for item in items if item.get("asked_at", "") >= time]
        asked.sort(key=lambda item: item["asked_at"])
        ids = tuple(item["invitation"] for item in asked)
        told = tuple(item["outcome"] for item in items if "outcome" in item)
        return Ledger(person_from_items(person_id, items), ids, told)

    def ledgers(self, people: Sequence[str], since: datetime) -> list[Ledger]:
        return self._table.together([partial(self.ledger, person, since) for person in people])

    def people_of(self, account_id: str, limit: int) -> list[str]:
        """The contacts, also those who left, and whom the directory has in the account."""
        contacts, _ = self.contacts(account_id, limit, None)
        within = Query(keys.PEOPLE, "listed", f"{account_id}#", f"{account_id}#~", limit=limit)
        listed = [item["person"] for item in self._table.query(within).items]
        return sorted({*(contact.person for contact in contacts), *listed})

    def outcomes_of(self, account_id: str) -> list[str]:
        lowest, highest = keys.OF_OUTCOMES, f"{keys.OF_OUTCOMES}~"
        found = every(self._table, Query(keys.account(account_id).pk, None, lowest, highest))
        return [item["outcome"] for item in found]


def disowning(owned: Owned) -> list[Write]:
    """Takes the owner away, unless it is another one by now. For a transaction."""
    as_read = {"owner": asdict(owned.owner)}
    account = Update(keys.account(owned.account), remove=["owner"], when=as_read)
    return [account, Delete(row_of(owned.owner, owned.account))]


def _next(current: Item | None, item: Item, kept: Collection[str]) -> tuple[Item, Condition]:
    """The item to write over `current`, and the condition that `current` is unchanged."""
    if current is None:
        return item, IF_NEW
    same_person = current["person"] == item["person"]
    stays = {name: current[name] for name in kept if name in current}
    return {
        **{name: value for name, value in item.items() if name not in kept},
        **stays,
        "added_at": current["added_at"] if same_person else item["added_at"],
        "version": current["version"] + 1,
    }, {"version": current["version"]}


def _is_as(found: Mapping[Key, Item], put: Put) -> bool:
    current = found.get(Key(put.item["PK"], put.item["SK"]), {})
    aside: Item = {name: current[name] for name in ("version", "changed_by") if name in current}
    return {**put.item, **aside} == current


def _account(item: Item) -> Account:
    owner = Owner(**known_of(Owner, item["owner"])) if "owner" in item else None
    return Account(item["id"], item["name"], item["audience"], owner=owner)


def _account_to_item(account: Account) -> Item:
    listed = {"list_pk": keys.ACCOUNTS, "list_sk": account.id}
    facts = {"id": account.id, "name": account.name, "audience": account.audience}
    by = {"changed_by": account.changed_by} if account.changed_by else {}
    owner = {"owner": asdict(account.owner)} if account.owner else {}
    return {**keys.account(account.id).as_item(), **listed, **facts, **by, **owner}


def _to_item(contact: Contact) -> Item:
    item: Item = {
        **keys.contact(contact.account, contact.id).as_item(),
        "list_pk": keys.CONTACTS,
        "list_sk": f"{contact.person}#{contact.account}#{contact.id}",
        "id": contact.id,
        "account": contact.account,
        "person": contact.person,
        "email": contact.email,
        "capacity": contact.capacity.value,
        "engagement": contact.engagement.value,
        "left": contact.left,
        "added_at": moments.to_text(contact.added_at),
        "version": 1,
    }
    optional = {"name": contact.name, "role": contact.role, "changed_by": contact.changed_by}
    return item | {name: value for name, value in optional.items() if value}


def contact_from_item(item: Item) -> Contact:
    return Contact(
        account=item["account"],
        id=item["id"],
        person=item["person"],
        email=item["email"],
        name=item.get("name"),
        role=item.get("role"),
        capacity=Capacity(item["capacity"]),
        engagement=Engagement(item["engagement"]),
        left=item["left"],
        added_at=moments.from_text(item["added_at"]),
    )
