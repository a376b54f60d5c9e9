from collections.abc import Mapping, Sequence

from chalicelib import keys, moments
from chalicelib.errors import NotFound, WriteRefused
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.look_ahead import Ahead, Known
from chalicelib.invitations.external_ids import key_of_id
from chalicelib.invitations.hook_ticket import key_of_ticket, state_from_item
from chalicelib.table import (
    IF_NEW,
    Item,
    Put,
    Query,
    Table,
    Update,
    Write,
    delete_existing,
    each,
    every,
)


class HookStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, source: str, hook_id: str) -> Hook | None:
        item = self._table.get(keys.hook(source, hook_id))
        return _from_item(item) if item else None

    def get(self, source: str, hook_id: str) -> Hook:
        """Raises NotFound."""
        hook = self.find(source, hook_id)
        if hook is None:
            raise NotFound("hook")
        return hook

    def with_known(self, source: str, hook_id: str, ahead: Ahead) -> tuple[Hook, Known]:
        """And what is known of people and tickets, in one call. Raises NotFound."""
        key = keys.hook(source, hook_id)
        people = {named: key_of_id(f"{source}:{named}") for named in ahead.people}
        tickets = {told: key_of_ticket(source, hook_id, told) for told in ahead.tickets}
        if not people and not tickets:
            return self.get(source, hook_id), Known()
        found = each(self._table, [key, *{*people.values(), *tickets.values()}])
        if key not in found:
            raise NotFound("hook")
        emails = {named: found.get(person, {}).get("email") for named, person in people.items()}
        states = {told: state_from_item(found.get(ticket)) for told, ticket in tickets.items()}
        return _from_item(found[key]), Known(emails, states)

    def page(self, limit: int, after: Item | None) -> tuple[list[Hook], Item | None]:
        page = self._table.query(Query(keys.HOOKS, "listed", limit=limit, after=after))
        return [_from_item(item) for item in page.items], page.next

    def some(self, places: Sequence[Sequence[str]]) -> list[Hook]:
        """Those that are there; each place is a source and an id."""
        found = each(self._table, [keys.hook(source, hook_id) for source, hook_id in places])
        return [_from_item(item) for item in found.values()]

    def every(self) -> list[Hook]:
        """For the operator. A request reads page by page."""
        return [_from_item(item) for item in every(self._table, Query(keys.HOOKS, "listed"))]

    def add(self, hook: Hook, extra: Sequence[Write] = ()) -> None:
        """Raises as Table.transact."""
        self._table.transact([Put(_to_item(hook), IF_NEW), *extra])

    def note_new_secrets(self, hook: Hook, by: str | None, extra: Sequence[Write] = ()) -> None:
        """Every function reads the secrets again at the next delivery. Raises NotFound."""
        key = keys.hook(hook.source, hook.id)
        changed = {"changed_by": by} if by else {}
        bump = Update(key, set=changed, add={"generation": 1}, when={"PK": key.pk})
        try:
            self._table.transact([bump, *extra])
        except WriteRefused as refused:
            if refused.index:
                raise
            raise NotFound("hook") from refused

    def note_account(
        self, hook: Hook, subdomain: str | None, client_id: str | None, by: str
    ) -> None:
        """None is no account. Every function reads its secret again at the next note. Raises
        NotFound."""
        key = keys.hook(hook.source, hook.id)
        facts = {"subdomain": subdomain, "client_id": client_id, "changed_by": by}
        given = {name: fact for name, fact in facts.items() if fact is not None}
        gone = [name for name, fact in facts.items() if fact is None]
        try:
            self._table.write(
                Update(key, given, remove=gone, add={"generation": 1}, when={"PK": key.pk})
            )
        except WriteRefused as refused:
            raise NotFound("hook") from refused

    def map(self, hook: Hook, mapping: Mapping[str, str], by: str) -> None:
        """Raises NotFound."""
        key = keys.hook(hook.source, hook.id)
        changed = {"mapping": dict(mapping), "changed_by": by}
        try:
            self._table.write(Update(key, set=changed, when={"PK": key.pk}))
        except WriteRefused as refused:
            raise NotFound("hook") from refused

    def delete(self, source: str, hook_id: str) -> None:
        """Raises NotFound."""
        delete_existing(self._table, keys.hook(source, hook_id), "hook")


def _to_item(hook: Hook) -> Item:
    item: Item = {
        **keys.hook(hook.source, hook.id).as_item(),
        "list_pk": keys.HOOKS,
        "list_sk": f"{hook.source}#{hook.id}",
        "source": hook.source,
        "id": hook.id,
        "survey": hook.survey,
        "generation": hook.generation,
    }
    if hook.created:
        item["created_at"] = moments.to_text(hook.created)
    return item | ({"created_by": hook.created_by} if hook.created_by else {})


def _from_item(item: Item) -> Hook:
    return Hook(
        source=item["source"],
        id=item["id"],
        survey=item["survey"],
        generation=item["generation"],
        created=moments.from_text(item["created_at"]) if "created_at" in item else None,
        created_by=item.get("created_by"),
        subdomain=item.get("subdomain"),
        client_id=item.get("client_id"),
        mapping=item.get("mapping", {}),
    )
